/** Everything that can be done on the page, by method and path: one table. */
import { failure, type Reply } from '../http/reply.ts'
import { type Went } from './chats.ts'
import { type Office } from './office.ts'
import { isPresence, mostPeople, type PagePerson } from './people.ts'
import { failingOf, fieldsOf, idsOf, pressedOf, textOf } from './requests.ts'
import { doStep } from './step-deeds.ts'
import { isStep } from './steps.ts'

/** A request as a deed gets it: what stands in the path, and the body. */
type Asked = {
  readonly office: Office
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}
type Deed = (asked: Asked) => Promise<Reply> | Reply

/** Paths below /playground; {id} is a person, a call, a talk or a step. */
const deeds: Readonly<Record<string, Deed>> = {
  'POST people': ({ office, body }) => addPerson(office, body),
  'GET people/{id}/chat': withPerson(({ office }, person) => ({
    status: 200,
    body: { messages: office.service.screens.of(person.conversation) },
  })),
  'POST people/{id}/messages': withPerson(say),
  'POST people/{id}/clicks': withPerson(press),
  'PUT people/{id}/presence': withPerson(setPresence),
  'PUT people/{id}/bot': withPerson(setInstalled),
  'POST calls': ({ office, body }) => ring(office, body),
  'DELETE calls/{id}': async ({ office, id }) => {
    const record = office.watch.find(id)
    if (!record || !office.telephone) return unknownCall
    await office.telephone.hangUp(record)
    await office.changed()
    return done
  },
  'PUT calls/{id}/hand-over': async ({ office, id, body }) => {
    const record = office.watch.find(id)
    if (!record || !office.telephone) return unknownCall
    const how = failingOf(body['fails'])
    if (how === null) return failure(400, 'badHandOver', 'Say never, once or always.')
    office.telephone.letFail(record, how)
    await office.changed()
    return done
  },
  'DELETE talks/{id}': ({ office, id }) => (office.finish(id) ? done : unknownCall),
  'POST steps/{id}': ({ office, id }) =>
    isStep(id) ? doStep(office, id) : failure(404, 'unknownStep', 'There is no such step.'),
  'DELETE steps': async ({ office }) => {
    office.steps.close()
    await office.changed()
    return done
  },
}

const done: Reply = { status: 200, body: { done: true } }
const unknownPerson = failure(404, 'unknownPerson', 'There is no such person on this page.')
const unknownCall = failure(404, 'unknownCall', 'There is no such call. It may just have ended.')
const badRequest = failure(400, 'badRequest', 'This request cannot be understood.')
const noCalls = failure(
  409,
  'noCalls',
  'Pretend calls are off here. Set CALL_SOURCES to simulated to use them.',
)

/** What a method and path ask for; null when there is no such thing. */
export function deedFor(
  method: string,
  path: string,
): ((office: Office, body: unknown) => Promise<Reply>) | null {
  const [kind = '', id = '', ...rest] = path.split('/')
  const named = id === '' ? kind : [kind, '{id}', ...rest].join('/')
  const name = `${method} ${named}`
  const deed = Object.hasOwn(deeds, name) ? deeds[name] : undefined
  return deed ? async (office, body) => deed({ office, id, body: fieldsOf(body) }) : null
}

function withPerson(deed: (asked: Asked, person: PagePerson) => Promise<Reply> | Reply): Deed {
  return (asked) => {
    const person = asked.office.people.find(asked.id)
    return person ? deed(asked, person) : unknownPerson
  }
}

async function addPerson(office: Office, body: Asked['body']): Promise<Reply> {
  const person = office.people.add(textOf(body['name']))
  if (person === 'badName') return failure(400, 'badName', 'A name has 1 to 64 characters.')
  if (person === 'full')
    return failure(409, 'full', `There are ${mostPeople} people already, and the page has no room for more.`)
  if (body['isInstalled'] !== false) await office.chats.install(person)
  await office.changed()
  return { status: 201, body: { id: person.objectId } }
}

async function say({ office, body }: Asked, person: PagePerson): Promise<Reply> {
  const text = textOf(body['text'])
  const mentioned = idsOf(body['mentions'])?.map((id) => office.people.find(id))
  if (text === '' || !mentioned) return badRequest
  const known = mentioned.filter((one) => one !== undefined)
  return known.length < mentioned.length
    ? unknownPerson
    : replyTo(await office.chats.say(person, text, known))
}

async function press({ office, body }: Asked, person: PagePerson): Promise<Reply> {
  const pressed = pressedOf(body)
  if (!pressed) return badRequest
  const isShown = office.service.screens.of(person.conversation).some(({ id }) => id === pressed.shown)
  if (!isShown) return failure(404, 'unknownMessage', 'This message is no longer on the screen.')
  return replyTo(await office.chats.press(person, pressed))
}

function setPresence({ office, body }: Asked, person: PagePerson): Reply {
  const { presence } = body
  if (!isPresence(presence))
    return failure(400, 'badPresence', 'Say available, inACall, doNotDisturb or offline.')
  office.setPresence(person, presence)
  return done
}

async function setInstalled({ office, body }: Asked, person: PagePerson): Promise<Reply> {
  const { isInstalled } = body
  if (typeof isInstalled !== 'boolean') return badRequest
  if (isInstalled !== person.isRemoved) return done
  return replyTo(await (isInstalled ? office.chats.install(person) : office.chats.remove(person)))
}

async function ring(office: Office, body: Asked['body']): Promise<Reply> {
  if (!office.telephone) return noCalls
  const to = office.people.find(textOf(body['to']))
  if (!to) return unknownPerson
  const asked = {
    name: textOf(body['name']).slice(0, 200),
    number: textOf(body['number']),
    isWithheld: body['isWithheld'] === true,
    to,
  }
  const rung = await office.telephone.ring(asked)
  await office.changed()
  if (rung === 'badNumber')
    return failure(400, 'badNumber', 'This is not a telephone number. Write it like +44 20 7946 0018.')
  if (rung === 'unknownOwner')
    return failure(409, 'unknownOwner', `The bot does not know ${to.name} yet. They need to install it once.`)
  return { status: 201, body: { rings: true } }
}

/** What became of something somebody did in their chat. */
export function replyTo(went: Went): Reply {
  switch (went.is) {
    case 'went':
      return done
    case 'tooBig':
      return failure(413, 'tooBig', 'This is longer than the 28 KB that Teams takes in a message.')
    case 'failed':
      return failure(502, 'notAnswered', went.words)
  }
}
