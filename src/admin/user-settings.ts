/** One person's calling settings and delegates, in the words of the Teams cmdlets. */
import { addDelegate, removeDelegate, setDelegatePermissions } from '../core/delegates.ts'
import { type Delegate, type DelegatePermission, delegatePermissions } from '../core/delegate.ts'
import { type PersonId } from '../core/person.ts'
import { type Change } from '../core/change.ts'
import { ruleOf, type CallingSettings } from '../core/calling-settings.ts'
import { type AdminParts, type AdminReply, type Asked, ok, problem, type Route } from './api.ts'
import { capitalised, type Form, readForm } from './form.ts'
import { readParameterGroup } from './groups-written.ts'
import { readPerson } from './people-named.ts'
import { fieldsOf } from './schemas.ts'
import { writeCallingSettings } from './settings-sheet.ts'
import { anybody, known, made, wordsFor } from './somebody.ts'
import { addressesOf, identityOf, knownBy } from './whom.ts'

const settingsPath = '/users/{user}/calling-settings'
const delegatesPath = '/users/{user}/delegates'

export const settingsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: settingsPath,
    does: 'Reads the calling settings of somebody, as Get-CsUserCallingSettings does.',
    gives: [200, 'CallingSettings'],
    run: (asked) => known(asked, (user) => sheetReply(asked.parts, user)),
  },
  {
    method: 'patch',
    path: settingsPath,
    does: 'Writes one parameter group of the calling settings, whole, as Set-CsUserCallingSettings does.',
    takes: 'ParameterGroup',
    gives: [200, 'CallingSettings'],
    run: writeGroup,
  },
  {
    method: 'get',
    path: delegatesPath,
    does: 'Lists the delegates of somebody and what each may do.',
    gives: [200, 'DelegateList'],
    run: (asked) => known(asked, (user) => delegatesReply(asked.parts, user)),
  },
  {
    method: 'post',
    path: delegatesPath,
    does: 'Makes somebody a delegate, as New-CsUserCallingDelegate does.',
    takes: 'Delegate',
    gives: [201, 'DelegateList'],
    run: newDelegate,
  },
  {
    method: 'patch',
    path: `${delegatesPath}/{delegate}`,
    does: 'Changes what a delegate may do, as Set-CsUserCallingDelegate does; what is left out stays.',
    takes: 'DelegatePermissions',
    gives: [200, 'DelegateList'],
    run: setDelegate,
  },
  {
    method: 'delete',
    path: `${delegatesPath}/{delegate}`,
    does: 'Ends somebody being a delegate, as Remove-CsUserCallingDelegate does.',
    gives: [200, 'DelegateList'],
    run: dropDelegate,
  },
]

/** Everybody a sheet names. */
export function peopleOn(settings: CallingSettings): readonly PersonId[] {
  const { group, delegates, managers, memberships, forwarding, unanswered } = settings
  const targets = [ruleOf(forwarding)?.to, ruleOf(unanswered)?.to]
  return [
    ...group.members,
    ...delegates.map(({ person }) => person),
    ...managers,
    ...memberships.map(({ owner }) => owner),
    ...targets.flatMap((target) => (target?.is === 'person' ? [target.person] : [])),
  ]
}

/** One person's sheet, with whom it is about and the ways people are named outside. */
export async function sheetOf({ settings, directory }: AdminParts, user: PersonId) {
  const sheet = await settings.settingsOf(user)
  const addressOf = await addressesOf(directory, [user, ...peopleOn(sheet)])
  const identity = identityOf(await directory.person(user))
  return { ...identity, ...writeCallingSettings(sheet, addressOf) }
}

async function sheetReply(parts: AdminParts, user: PersonId, change?: Change): Promise<AdminReply> {
  const sheet = await sheetOf(parts, user)
  return ok(change === undefined ? sheet : { ...sheet, Warnings: await wordsFor(parts, change.warnings) })
}

async function writeGroup(asked: Asked): Promise<AdminReply> {
  return anybody(asked, async (user, whom) => {
    const write = readParameterGroup(asked.body, whom.personOf)
    if ('error' in write) return problem(400, write.error.code, write.error.message)
    return made(
      asked,
      whom,
      (who) => write(who(user), who),
      (change) => sheetReply(asked.parts, user, change),
    )
  })
}

async function delegatesReply(parts: AdminParts, user: PersonId, status = 200): Promise<AdminReply> {
  const { Delegates } = await sheetOf(parts, user)
  return ok({ value: Delegates }, status)
}

async function newDelegate(asked: Asked): Promise<AdminReply> {
  return anybody(asked, async (user, whom) => {
    const delegate = readForm(asked.body, (form) => {
      form.only(fieldsOf('Delegate'))
      return { person: readPerson(form, 'Id', whom.personOf) ?? '', may: mayOn(form, []) }
    })
    if ('error' in delegate) return problem(400, delegate.error.code, delegate.error.message)
    return made(
      asked,
      whom,
      (who) => addDelegate(who(user), delegate.person, delegate.may, who),
      () => delegatesReply(asked.parts, user, 201),
    )
  })
}

async function setDelegate(asked: Asked): Promise<AdminReply> {
  return withDelegate(asked, async (user, delegate, before) => {
    const may = readForm(asked.body, (form) => {
      form.only(fieldsOf('DelegatePermissions'))
      return mayOn(form, before?.may ?? [])
    })
    if ('error' in may) return problem(400, may.error.code, may.error.message)
    return made(
      asked,
      nobodyNew,
      (who) => setDelegatePermissions(who(user), delegate, may, who),
      () => delegatesReply(asked.parts, user),
    )
  })
}

async function dropDelegate(asked: Asked): Promise<AdminReply> {
  return withDelegate(asked, (user, delegate) =>
    made(
      asked,
      nobodyNew,
      (who) => removeDelegate(who(user), delegate, who),
      () => delegatesReply(asked.parts, user),
    ),
  )
}

const nobodyNew = { personOf: () => null, keepNew: () => Promise.resolve() }

async function withDelegate(
  asked: Asked,
  run: (user: PersonId, delegate: PersonId, before: Delegate | undefined) => Promise<AdminReply>,
): Promise<AdminReply> {
  return known(asked, async (user) => {
    const { directory, settings } = asked.parts
    const named = asked.params['delegate'] ?? ''
    const delegate = (await knownBy(directory, named)) ?? named
    const { delegates } = await settings.settingsOf(user)
    return run(
      user,
      delegate,
      delegates.find(({ person }) => person === delegate),
    )
  })
}

/** The permissions a form gives or takes; those it does not name stay as they were. */
function mayOn(form: Form, before: readonly DelegatePermission[]): readonly DelegatePermission[] {
  return delegatePermissions.filter(
    (permission) => form.flag(capitalised(permission)) ?? before.includes(permission),
  )
}
