import assert from 'node:assert/strict'
import { absorb } from '../../src/core/absorb.ts'
import { ruleOf } from '../../src/core/calling-settings.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers, removeMember } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { eligible, globalPolicy } from '../../src/core/policy.ts'
import { type RingPlan } from '../../src/core/ring-plan.ts'
import { namesIn } from '../../src/core/ringing.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup } from '../../src/core/target.ts'
import { mismatches } from '../core/mismatches.ts'
import { ifUnanswered } from '../core/office.ts'
import { adds, carl, type Desk, meets, offered, openDesk, sender, sends } from './desk.ts'
import { theBot, themselves } from '../../src/switchboard/author.ts'

describe('The settings desk', () => {
  let desk: Desk
  beforeEach(async () => (desk = await openDesk()))
  afterEach(() => desk.close())

  const members = async (owner: string) => (await desk.settings.settingsOf(owner)).group.members
  const agree = async (...people: string[]) => {
    const sheets = await Promise.all(
      people.map(async (id) => [id, await desk.settings.settingsOf(id)] as const),
    )
    assert.deepEqual(mismatches(sheets), [])
  }

  it('keeps both changes when two people change one group at once', async () => {
    await Promise.all(['bo', 'cy', 'di', 'eve'].map((member) => adds(desk, 'ann', member)))
    assert.deepEqual([...(await members('ann'))].sort(), ['bo', 'cy', 'di', 'eve'])
    await Promise.all([
      desk.settings.change(themselves('ann'), (who) => removeMember(who('ann'), 'bo', who)),
      desk.settings.change(themselves('cy'), (who) => setNotification(who('cy'), 'ann', 'mute')),
      desk.settings.change(themselves('ann'), (who) => addMembers(who('ann'), ['fay'], who)),
    ])
    assert.deepEqual([...(await members('ann'))].sort(), ['cy', 'di', 'eve', 'fay'])
    await agree('ann', 'bo', 'cy', 'di', 'eve', 'fay')
    assert.deepEqual(await desk.store.groupsOf('bo'), [])
    assert.deepEqual(await desk.store.groupsOf('fay'), ['ann'])
  })

  it('gives the last place of a group to one of two, and tells the other that it is full', async () => {
    await adds(desk, 'ann', ...Array.from({ length: 24 }, (_, index) => `m${index}`))
    const changes = await Promise.all(['bo', 'cy'].map((member) => adds(desk, 'ann', member)))
    const refused = changes.flatMap(({ refusals }) => refusals.map(({ code }) => code))
    assert.deepEqual(refused, ['E_GROUP_FULL'])
    assert.equal((await members('ann')).length, 25)
  })

  it('puts nobody into a 26th group when two owners add them at once', async () => {
    for (let index = 0; index < 24; index += 1) await adds(desk, `o${index}`, 'bo')
    const changes = await Promise.all(['ann', 'eve'].map((owner) => adds(desk, owner, 'bo')))
    const refused = changes.flatMap(({ refusals }) => refusals.map(({ code }) => code))
    assert.deepEqual(refused, ['E_MEMBER_QUOTA'])
    assert.equal((await desk.store.groupsOf('bo')).length, 25)
    await agree('ann', 'eve', 'bo', ...Array.from({ length: 24 }, (_, index) => `o${index}`))
  })

  it('never makes two people each other’s delegates', async () => {
    const makes = (owner: string, person: string) =>
      desk.settings.change(themselves(owner), (who) => addDelegate(who(owner), person, ['receiveCalls'], who))
    const changes = await Promise.all([makes('ann', 'bo'), makes('bo', 'ann')])
    const refused = changes.flatMap(({ refusals }) => refusals.map(({ code }) => code))
    assert.deepEqual(refused, ['E_DELEGATE_CIRCLE'])
    await agree('ann', 'bo')
  })

  it('asks what an admin decided about each of them', async () => {
    const policy = { ...globalPolicy, allowCallGroups: false }
    const noPhone = { ...eligible, phoneSystem: false }
    await desk.store.commit({
      puts: [
        { kind: 'policy', id: 'no groups', expect: 0, doc: { name: 'No groups', policy } },
        { kind: 'rights', id: 'ann', expect: 0, doc: { policy: 'no groups' } },
        { kind: 'rights', id: 'bo', expect: 0, doc: { eligibility: noPhone } },
      ],
    })
    assert.deepEqual((await adds(desk, 'ann', 'cy')).refusals, [{ code: 'E_POLICY_GROUPS' }])
    assert.deepEqual((await adds(desk, 'cy', 'bo')).refusals, [{ code: 'E_NO_LICENCE', person: 'bo' }])
  })

  it('commits nothing for a change that is refused or changes nothing', async () => {
    await adds(desk, 'ann', 'bo')
    const before = await desk.store.get('settings', 'ann')
    await adds(desk, 'ann', 'bo', 'ann')
    await desk.settings.change(themselves('bo'), (who) => setNotification(who('bo'), 'ann', 'ring'))
    assert.equal((await desk.store.get('settings', 'ann'))?.rev, before?.rev)
  })

  it('takes somebody out of all calls that ring when they are removed, and ends those that rang nobody else', async () => {
    await meets(desk, 'ann')
    await adds(desk, 'ann', 'bo', 'cy')
    await sends(desk, 'ann', 'immediate', callGroup)
    await offered(desk, 'one', 'ann')
    await offered(desk, 'two', 'ann')
    await desk.switchboard.decline('pbx:two', 'cy')
    await desk.settings.change(themselves('ann'), (who) => removeMember(who('ann'), 'bo', who))
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'bo')).is, 'notYours')
    assert.equal((await desk.switchboard.pickUp('pbx:two', 'ann')).is, 'notRinging')
    assert.deepEqual(
      (await desk.switchboard.calls.to('ann')).map(({ call }) => call.id),
      ['pbx:one'],
    )
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'cy')).is, 'yours')
  })

  describe('when two records turn out to be one person', () => {
    beforeEach(async () => {
      await desk.directory.mention('bo@contoso.com')
      await desk.directory.meet(sender('29:bo', { objectId: 'o-bo', name: 'Bo Ek' }))
    })

    async function becomesOne(): Promise<void> {
      await desk.settings.change(theBot, (who) => absorb(who('o-bo'), who('bo@contoso.com'), who))
      await desk.directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    }

    it('keeps who is in which group the same in sheets and in the index', async () => {
      await adds(desk, 'ann', 'bo@contoso.com', 'cy')
      await adds(desk, 'eve', 'bo@contoso.com', 'o-bo')
      await becomesOne()
      await agree('ann', 'eve', 'cy', 'o-bo', 'bo@contoso.com')
      assert.deepEqual(await desk.store.groupsOf('o-bo'), ['ann', 'eve'])
      assert.deepEqual(await desk.store.groupsOf('bo@contoso.com'), [])
    })

    it('rings the person where a rule names the old record, also after the rule is off and on again', async () => {
      await meets(desk, 'ann')
      const toOld = { is: 'person', person: 'bo@contoso.com' } as const
      await sends(desk, 'ann', 'simultaneous', toOld)
      await desk.settings.change(themselves('ann'), (who) => setRules(who('ann'), ifUnanswered(toOld), who))
      await desk.settings.change(themselves('ann'), (who) =>
        setRules(who('ann'), { forwarding: { is: 'off' } }, who),
      )
      await becomesOne()
      const kept = ruleOf((await desk.settings.settingsOf('ann')).forwarding)?.to
      assert.deepEqual(kept, { is: 'person', person: 'o-bo' })
      await sends(desk, 'ann', 'simultaneous', kept ?? callGroup)
      const plan = await desk.switchboard.planFor('ann', carl)
      assert.deepEqual(peopleIn(plan), ['ann', 'o-bo'])
      assert.deepEqual(plan.end, { is: 'transfer', to: { is: 'person', person: 'o-bo' } })
    })

    it('sends nobody’s calls back to themselves', async () => {
      await sends(desk, 'o-bo', 'immediate', { is: 'person', person: 'bo@contoso.com' })
      await becomesOne()
      assert.deepEqual(peopleIn(await desk.switchboard.planFor('o-bo', carl)), ['o-bo'])
      assert.equal((await desk.settings.settingsOf('o-bo')).forwarding.is, 'neverSet')
    })

    it('comes to the same when it is done twice at once', async () => {
      await adds(desk, 'ann', 'bo@contoso.com', 'cy')
      await Promise.all([becomesOne(), becomesOne(), adds(desk, 'ann', 'di')])
      assert.deepEqual([...(await members('ann'))].sort(), ['cy', 'di', 'o-bo'])
      await agree('ann', 'cy', 'di', 'o-bo', 'bo@contoso.com')
    })
  })

  it('keeps a rule that names a person whose old id a channel user has left', async () => {
    await desk.directory.meet(sender('u1'))
    await desk.directory.giveAddress('u1', { address: 'ann@contoso.com', name: 'Ann' })
    await desk.directory.become(sender('u1'), 'bo@contoso.com')
    await sends(desk, 'bo@contoso.com', 'simultaneous', { is: 'person', person: 'u1' })
    const plan = await desk.switchboard.planFor('bo@contoso.com', carl)
    assert.deepEqual(peopleIn(plan), ['bo@contoso.com', 'u1'])
  })
})

function peopleIn(plan: RingPlan): readonly string[] {
  return plan.rounds.flatMap(({ lanes }) => lanes.flatMap(namesIn))
}
