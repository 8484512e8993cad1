/** Callers of a story: pretend ones from the chat, or those that a pretended Graph brings. */
import { CallHost } from '../graph/call-host.ts'
import { type Flavour } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

export type CallsFrom = 'chat' | 'graph'

/** Where stories about calls happen: in both chat clients, and in Teams with calls from Graph. */
export const places: ReadonlyArray<readonly [flavour: Flavour, from: CallsFrom]> = [
  ['msteams', 'chat'],
  ['emulator', 'chat'],
  ['msteams', 'graph'],
]

const account = '00000000-0000-4000-8000-00000000000a'

export type Callers = {
  readonly office: Office
  /** Carl calls Ann; handing him over fails where that is asked for. */
  readonly callIn: (ann: Person, how?: 'fail') => Promise<void>
  readonly hangUp: (ann: Person) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openCallers(flavour: Flavour, from: CallsFrom): Promise<Callers> {
  if (from === 'graph') return callersOfGraph()
  const office = await openOffice(flavour)
  return {
    office,
    callIn: async (ann, how) => void (await ann.say(`simulate call from Carl ${how ?? ''}`.trim())),
    hangUp: async (ann) => void (await ann.click('Caller hangs up')),
    close: () => office.close(),
  }
}

async function callersOfGraph(): Promise<Callers> {
  const host = await CallHost.start()
  const office = await openOffice('msteams', { callHost: host })
  host.botUrl = office.botUrl
  await office.administer('PUT', `/resource-accounts/${account}`, { Owner: 'ann@contoso.com' })
  let calls = 0
  return {
    office,
    callIn: (_, how) => {
      if (how === 'fail') {
        host.service.redirectsFail = 2
        host.service.transfersFail = 2
      }
      calls += 1
      host.service.callIn({ id: `call${calls}`, from: { phone: '+442079460000', name: 'Carl' }, account })
      return Promise.resolve()
    },
    hangUp: () => {
      host.service.hangUp(`call${calls}`)
      return Promise.resolve()
    },
    close: async () => {
      await office.close()
      await host.stop()
      if (host.service.wrong.length > 0) throw new Error(host.service.wrong.join('; '))
    },
  }
}
