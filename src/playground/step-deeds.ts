/** What the button of each of the four steps does: the same as somebody would do by hand. */
import { failure, type Reply } from '../http/reply.ts'
import { type Went } from './chats.ts'
import { type Office } from './office.ts'
import { type PagePerson } from './people.ts'
import { type StepName } from './steps.ts'

/** Who calls in the first minute; the number is one that is never given to anybody (Ofcom's for drama). */
export const firstCaller = { name: 'Contoso Logistics', number: '+44 20 7946 0018', isWithheld: false }

export async function doStep(office: Office, step: StepName): Promise<Reply> {
  const [ann, bo, cy] = office.people.all()
  if (!ann || !bo || !cy) return failure(409, 'noPeople', 'The three people of these steps are not there.')
  const reply = await doneBy(office, step, { ann, bo, cy })
  await office.changed()
  return reply
}

type Three = { readonly ann: PagePerson; readonly bo: PagePerson; readonly cy: PagePerson }

async function doneBy(office: Office, step: StepName, { ann, bo, cy }: Three): Promise<Reply> {
  switch (step) {
    case 'share': {
      const added = await office.chats.say(ann, `add ${bo.address} and ${cy.address}`)
      return replyOf(added.is === 'went' ? await office.chats.say(ann, 'also ring my group') : added)
    }
    case 'call': {
      const rung = await office.telephone?.ring({ ...firstCaller, to: ann })
      return rung === 'accepted' ? done : failure(409, 'notRung', `No call could come in for ${ann.name}.`)
    }
    case 'pickUp': {
      const went = await office.chats.pressNewest(bo, 'pick-up')
      return went
        ? replyOf(went)
        : failure(409, 'nothingRings', `Nothing rings at ${bo.name}. Let somebody call again.`)
    }
    case 'look':
      office.steps.looked()
      return done
  }
}

const done: Reply = { status: 200, body: { done: true } }

function replyOf(went: Went): Reply {
  return went.is === 'went' ? done : failure(502, 'notAnswered', 'The bot did not answer. Please try again.')
}
