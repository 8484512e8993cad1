/** Forwarding: send every call on at once, or also ring somebody else. */
import { type Target } from './target.ts'

/** `simultaneous` is what the settings page calls "also ring". */
export type ForwardingType = 'immediate' | 'simultaneous'

export type ForwardingRule = { readonly type: ForwardingType; readonly to: Target }

/** Turning forwarding off keeps the rule for next time; while it is off the rule must be ignored. */
export type Forwarding =
  | { readonly is: 'neverSet' }
  | { readonly is: 'off'; readonly kept?: ForwardingRule }
  | { readonly is: 'on'; readonly rule: ForwardingRule }
