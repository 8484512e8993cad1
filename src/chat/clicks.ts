/** Every button there is: verb to function, and who may press the ones that show or change somebody's settings. */
import { adminClicks } from './admin/administration.ts'
import { callsClicks } from './calls/log.ts'
import { pickupClicks } from './calls/pickup.ts'
import { simulateClicks } from './calls/simulate.ts'
import { whoRingsClicks } from './calls/who-rings.ts'
import { type Click } from './command.ts'
import { commands, runText } from './commands.ts'
import { type Answer, say } from './draw/answer.ts'
import { textIn } from './draw/input.ts'
import { refusalText } from './draw/refusal.ts'
import { type Clicked } from './gate/incoming.ts'
import { helpCard } from './help.ts'
import { callGroupClicks } from './settings/call-group.ts'
import { delegateClicks } from './settings/delegates.ts'
import { isAdminHere, mayEdit, ownerIn } from './settings/edit.ts'
import { forwardingClicks } from './settings/forwarding.ts'
import { notificationClicks } from './settings/notification.ts'
import { settingsClicks } from './settings/settings.ts'
import { type Turn } from './turn.ts'

/** About one person's sheet, named by `owner`: for that person and the delegates who manage it. */
const onSheets: ReadonlyMap<string, Click> = new Map(
  Object.entries<Click>({ ...settingsClicks, ...callGroupClicks, ...forwardingClicks, ...delegateClicks }),
)

/** About calls and the person's own matters; each looks to its own rights. */
const others: ReadonlyMap<string, Click> = new Map(
  Object.entries<Click>({
    ...pickupClicks,
    ...notificationClicks,
    ...whoRingsClicks,
    ...callsClicks,
    ...simulateClicks,
    help: (turn) => helpCard(turn, commands),
    say: (turn, given) => runText(turn, textIn(given, 'text')),
  }),
)

/** For admins; nobody else has such buttons. */
const ofAdmins: ReadonlyMap<string, Click> = new Map(Object.entries(adminClicks))

/** What a button can ask for. */
export const verbs: readonly string[] = [...onSheets.keys(), ...others.keys(), ...ofAdmins.keys()]

/** A redraw that the channel asks for by itself only ever looks. */
export async function runClick(turn: Turn, { verb, data, isAutomatic }: Clicked): Promise<Answer> {
  if (isAutomatic) return pickupClicks['refresh-call'](turn, data)
  const click = others.get(verb) ?? (isAdminHere(turn) ? ofAdmins.get(verb) : undefined)
  if (click) return click(turn, data)
  const onSheet = onSheets.get(verb)
  if (!onSheet) return say('This card is out of date. Type "settings" or "help" for a new one.')
  const owner = ownerIn(turn, data)
  const sheet = await turn.settings.ask((subscribers) => subscribers(owner))
  return mayEdit(turn, sheet.settings, owner)
    ? onSheet(turn, data)
    : say(refusalText({ code: 'E_FORBIDDEN' }, (id) => id))
}
