/** Draws one Adaptive Card as Teams does, and says what somebody pressed on it. */
import type * as Renderer from 'adaptivecards'
import { type CardJson } from './api.ts'
import { registerPeoplePicker } from './people-picker.ts'
import { hostConfig } from './teams-look.ts'

declare const AdaptiveCards: typeof Renderer

/** A button as it was pressed, with what was filled in. */
export type Pressed = {
  readonly type: 'Action.Execute' | 'Action.Submit'
  readonly verb: string
  readonly data: CardJson
}

export type DrawnCard = { readonly root: HTMLElement; readonly complaints: readonly string[] }

let config: Renderer.HostConfig | undefined

/** The card as an element, and what the renderer had to complain about. */
export function drawCard(card: CardJson, press: (pressed: Pressed) => void): DrawnCard {
  config ??= prepare()
  const drawing = new AdaptiveCards.AdaptiveCard()
  drawing.hostConfig = config
  drawing.onExecuteAction = (action) => {
    const pressed = pressedBy(action)
    if (pressed) press(pressed)
  }
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5)
  drawing.parse(withPeoplePickers(card), context)
  const root = drawing.render()
  const complaints = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message)
  if (!root) return { root: document.createElement('div'), complaints: [...complaints, 'nothing was drawn'] }
  // Whoever walks the page by keyboard stops at what can be pressed, not at the card around it.
  root.tabIndex = -1
  return { root, complaints }
}

function prepare(): Renderer.HostConfig {
  registerPeoplePicker()
  // Texts are shown as they are: names and what people typed stand in them.
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (_text, result) => {
    result.didProcess = false
  }
  return new AdaptiveCards.HostConfig(hostConfig)
}

function pressedBy(action: Renderer.Action): Pressed | null {
  if (action instanceof AdaptiveCards.ExecuteAction)
    return { type: 'Action.Execute', verb: action.verb, data: dataOf(action.data) }
  if (action instanceof AdaptiveCards.SubmitAction)
    return { type: 'Action.Submit', verb: '', data: dataOf(action.data) }
  return null
}

function dataOf(data: unknown): CardJson {
  return typeof data === 'object' && data !== null ? (data as CardJson) : {}
}

/** The renderer knows nothing of the organization's people: where a card asks for some of them, ours takes its place. */
function withPeoplePickers(card: CardJson): CardJson {
  return JSON.parse(JSON.stringify(card), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'choices.data' in part
      ? { ...part, type: 'Input.People' }
      : part,
  ) as CardJson
}
