import assert from 'node:assert/strict'
import { refusalText, warningText } from '../../../src/chat/draw/refusal.ts'
import {
  impossibleAddress,
  type PolicyRefusal,
  type Refusal,
  type Warning,
} from '../../../src/core/refusal.ts'

const names: Readonly<Record<string, string>> = { bo: 'Bo Ek', cy: 'Cy Lund' }
const nameOf = (person: string) => names[person] ?? person
const person = 'bo'
const admin = /ask your admin/i

/** What a person must be told, for each reason. */
const refusals: ReadonlyArray<readonly [Refusal, ...RegExp[]]> = [
  [{ code: 'E_GROUP_FULL', person, count: 25 }, /Bo Ek/, /at most 25/, /has 25/],
  [{ code: 'E_GROUP_FULL', person, count: 27 }, /at most 25/, /this list has 27/, /Take 2 of them out/],
  [{ code: 'E_GROUP_CHARS', person, size: 40_000 }, /Bo Ek/, /40000/, /32768/],
  [{ code: 'E_MEMBER_QUOTA', person }, /Bo Ek/, /25 call groups/],
  [{ code: 'E_ORDER_LIMIT', count: 7 }, /up to 5/, /has 7/],
  [{ code: 'E_SELF', person }, /Bo Ek/, /somebody else/],
  [{ code: 'E_DUP', person }, /Bo Ek/, /already/],
  [{ code: 'E_NOT_FOUND', given: 'Bob' }, /"Bob"/, /address like/],
  [{ code: 'E_NOT_FOUND', person }, /Bo Ek is not on this list/],
  [{ code: 'E_NOT_FOUND', given: 'Bob', isAmbiguous: true }, /Several people .* "Bob"/, /Write the address/],
  [
    { code: 'E_NOT_FOUND', given: 'Smith, John', isOneOrTwo: true },
    /"Smith, John" may be one person or two/,
    /nobody was chosen/,
    /Write "and"/,
  ],
  [impossibleAddress('bo@'), /Nobody can have the address "bo@"/, /behind the @/, /address like/],
  [impossibleAddress('dee..ek@contoso.com'), /two of them together/],
  [impossibleAddress('bo@cy@contoso.com'), /exactly one @/],
  [impossibleAddress('@contoso.com'), /nothing stands before the @/],
  [impossibleAddress('b,o@contoso.com'), /a character that no address has/],
  [impossibleAddress(`${'b'.repeat(320)}@contoso.com`), /too long/],
  [{ code: 'E_EXTERNAL', given: 'x@fabrikam.com' }, /"x@fabrikam.com"/, /your own organization/],
  [{ code: 'E_KIND', given: 'Sales' }, /"Sales"/, /people/, /Teams, groups and resource accounts/],
  [{ code: 'E_NOT_TEAMS_ONLY', person }, /Bo Ek/, /Teams Only/, admin],
  [{ code: 'E_NO_LICENCE', person }, /Bo Ek/, /Phone System licence/, admin],
  [{ code: 'E_EMPTY_GROUP' }, /empty/, /Add a member first/],
  [{ code: 'E_NO_DELEGATE' }, /take calls/, /Add .* delegate first/],
  [
    { code: 'E_GROUP_IN_USE', uses: ['forwarding'] },
    /Nobody would be left/,
    /forwarding/,
    /"Turn sharing off"/,
  ],
  [{ code: 'E_GROUP_IN_USE', uses: ['unanswered'] }, /unanswered calls/, /empties the group in one step/],
  [{ code: 'E_GROUP_IN_USE', uses: ['forwarding', 'unanswered'] }, /forwarding .* and unanswered/],
  [{ code: 'E_VM_SIMULTANEOUS' }, /forwarding all calls/, /unanswered calls/],
  [{ code: 'E_DELAY', given: '25' }, /"25"/, /5, 10, 15, 20, 30, 40, 50 and 60 seconds/],
  [{ code: 'E_TARGET_FORMAT', given: '?' }, /"\?"/, /sip:/, /object id/, /\+44/, /;ext=/, /short number/],
  [{ code: 'E_TARGET_FORMAT', given: '' }, /Nobody was named/],
  [{ code: 'E_NOT_MEMBER', owner: 'cy' }, /not in that call group/],
  [{ code: 'E_DELEGATE_LIMIT', person, side: 'delegates' }, /Bo Ek/, /at most 25 delegates/],
  [{ code: 'E_DELEGATE_LIMIT', person, side: 'managers' }, /Bo Ek/, /delegate of 25 people/],
  [{ code: 'E_DELEGATE_CIRCLE', person }, /Bo Ek/, /circle/],
  [{ code: 'E_STALE_CARD' }, /have changed/, /This is how they are now/],
  [{ code: 'E_FORBIDDEN' }, /somebody else’s/, /delegate/],
]

const flags: Readonly<Record<PolicyRefusal, RegExp>> = {
  E_POLICY_GROUPS: /call groups/,
  E_POLICY_USER: /forwarding calls to people/,
  E_POLICY_PHONE: /forwarding calls to phone numbers/,
  E_POLICY_DELEG: /delegation/,
  E_POLICY_VM: /voicemail/,
  E_POLICY_CALLING: /private calling/,
}

const warnings: ReadonlyArray<readonly [Warning, ...RegExp[]]> = [
  [{ code: 'W_ORDER_CUTOFF', unreachable: ['bo', 'cy'] }, /Bo Ek and Cy Lund/, /Ring longer/, /at once/],
  [{ code: 'W_ORDER_CUTOFF', unreachable: ['c1', 'c2', 'c3', 'cy'] }, /c1, c2, c3 and Cy Lund/],
  [{ code: 'W_SAME_TARGET' }, /already rung/, /Choose another target/],
  [{ code: 'W_ALL_MUTED' }, /Nobody .* would notice/, /unmute/],
  [{ code: 'W_STALE_TARGET', rule: 'forwarding' }, /Forwarding does not work/, /Open Forwarding/],
  [{ code: 'W_STALE_TARGET', rule: 'unanswered' }, /unanswered calls/, /voicemail/, /Open Forwarding/],
  [{ code: 'W_ORDER_SWITCHED' }, /up to 5/, /all of them now ring at once/],
]

describe('the words for a refusal', () => {
  for (const [refusal, ...demands] of refusals) {
    it(`say what ${JSON.stringify(refusal)} means`, () => {
      tells(refusalText(refusal, nameOf), demands)
    })
  }

  for (const code of keysOf(flags)) {
    it(`name what was turned off for ${code}, and who can help`, () => {
      tells(refusalText({ code }, nameOf), [flags[code], admin])
    })
  }
})

describe('the words for a warning', () => {
  for (const [warning, ...demands] of warnings) {
    it(`say what ${JSON.stringify(warning)} means`, () => {
      tells(warningText(warning, nameOf), demands)
    })
  }
})

/** A few short plain sentences that hold what they must. */
function tells(text: string, demands: readonly RegExp[]): void {
  for (const demand of demands) assert.match(text, demand)
  assert.match(text, /^["A-Z].*\.$/)
  assert.doesNotMatch(text, /undefined|\bbo\b(?!@)|\b[EW]_[A-Z]|[*_`#<>]/, text)
  assert.ok(text.length <= 260, `${text.length} characters`)
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(record, key)
  return Object.keys(record).filter(isKey)
}
