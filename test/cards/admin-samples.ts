/** What an admin sees. */
import { policyChoices, policyFlags } from '../../src/chat/policy-form.ts'
import { type CardViews } from '../../src/chat/views.ts'
import { globalPolicy } from '../../src/core/policy.ts'
import { type Sample } from './samples.ts'

const back = { title: 'Administration', verb: 'admin', data: {} }

const nothing: CardViews['admin'] = {
  notice: undefined,
  title: 'Clean-up',
  lead: '',
  rows: [],
  links: [],
  asksForName: false,
  nameLabel: '',
  namePlaceholder: '',
  buttons: [back],
}

const change = {
  title: 'Ann Ek changed their settings, in the chat',
  detail: 'group: Bo Lindqvist → Bo Lindqvist and Cy Osei. forwarding: not set → off.',
  side: '14:02',
}

export const adminSamples: readonly Sample[] = [
  {
    picture: 'admin',
    card: 'admin',
    view: {
      ...nothing,
      title: 'Administration',
      lead: '214 people are known, 31 of them have a call group.',
      links: [
        { title: 'Policies', detail: 'Front desk, Global and Sales', verb: 'admin-policies', data: {} },
        {
          title: 'Clean-up',
          detail: '2 people share calls without being allowed to.',
          verb: 'admin-sweep',
          data: {},
        },
        { title: 'Who changed what', detail: change.title, verb: 'admin-audit', data: {} },
      ],
      asksForName: true,
      nameLabel: 'Somebody’s policy and settings',
      namePlaceholder: 'Name or address',
      buttons: [{ title: 'Open', verb: 'admin-find', data: {} }],
    },
  },
  {
    picture: 'admin-policies',
    card: 'admin',
    view: {
      ...nothing,
      title: 'Calling policies',
      lead: 'Global is for everybody who was given no other.',
      links: [
        {
          title: 'Front desk',
          detail: 'Turned off: delegation.',
          verb: 'admin-policy',
          data: { name: 'Front desk' },
        },
        { title: 'Global', detail: 'Everything is allowed.', verb: 'admin-policy', data: { name: 'Global' } },
      ],
      asksForName: true,
      nameLabel: 'A new policy',
      namePlaceholder: 'Its name',
      buttons: [{ title: 'Make it', verb: 'admin-policy', data: {} }, back],
    },
  },
  {
    picture: 'admin-sweep',
    card: 'admin',
    view: {
      ...nothing,
      lead: 'This would end the sharing of these people, and tell everybody concerned once. Nothing has been changed yet.',
      rows: [
        {
          title: 'Ann Ek',
          detail: 'Call groups are turned off for them. Concerned: Bo Lindqvist and Cy Osei.',
          side: '',
        },
        {
          title: 'Dee Alvarez',
          detail: 'They are not in Teams Only mode, or have no Phone System licence. Concerned: Ann Ek.',
          side: '',
        },
      ],
      buttons: [{ title: 'Clean up', verb: 'admin-sweep-apply', data: {} }, back],
    },
  },
  {
    picture: 'admin-swept',
    card: 'admin',
    view: {
      ...nothing,
      notice: {
        tone: 'good',
        text: 'Cleaned up after 2 people. This can be taken back for 30 days.',
        buttons: [{ title: 'Undo', verb: 'admin-undo', data: { id: '0123' } }],
      },
      lead: 'Nothing is stale: nobody shares calls without being allowed to.',
    },
  },
  {
    picture: 'admin-audit',
    card: 'admin',
    view: {
      ...nothing,
      title: 'Who changed what',
      rows: [
        change,
        {
          title: 'An admin changed policy Global, through the admin API',
          detail: 'allowCallGroups: true → false.',
          side: '13:58',
        },
        {
          title: 'Dee Alvarez changed Ann Ek, as a delegate',
          detail: 'forwarding: off → on.',
          side: '9 Mar, 17:20',
        },
      ],
      buttons: [{ title: 'Older', verb: 'admin-audit', data: { about: '', before: 12 } }, back],
    },
  },
  {
    picture: 'policy',
    card: 'policy',
    view: {
      notice: {
        tone: 'warning',
        text: 'Saved. 2 people still share calls without being allowed to.',
        buttons: [{ title: 'Preview clean-up', verb: 'admin-sweep', data: {} }],
      },
      title: 'Front desk',
      lead: 'Turned off: call groups.',
      flags: policyFlags({ ...globalPolicy, allowCallGroups: false }),
      choices: policyChoices(globalPolicy),
      buttons: [
        { title: 'Save', verb: 'admin-save-policy', data: { name: 'Front desk' } },
        { title: 'Remove', verb: 'admin-remove-policy', data: { name: 'Front desk' } },
        { title: 'All policies', verb: 'admin-policies', data: {} },
      ],
    },
  },
  {
    picture: 'policy-of',
    card: 'policy',
    view: {
      notice: undefined,
      title: 'Ann Ek',
      lead: 'Policy Global (by default); requirements from Microsoft Graph.',
      flags: [
        { id: 'teamsOnly', title: 'Teams Only mode', value: 'true' },
        { id: 'phoneSystem', title: 'Phone System licence', value: 'false' },
      ],
      choices: [
        {
          id: 'policy',
          label: 'Calling policy',
          value: '-',
          options: [
            { title: 'As Microsoft Graph says, else Global', value: '-' },
            { title: 'Front desk', value: 'Front desk' },
          ],
        },
      ],
      buttons: [
        { title: 'Save', verb: 'admin-save-rights', data: { person: 'ann' } },
        { title: 'Settings', verb: 'admin-settings', data: { person: 'ann' } },
        { title: 'Changes', verb: 'admin-audit', data: { person: 'ann' } },
        back,
      ],
    },
  },
  {
    picture: 'choose-whose-policy',
    card: 'choose-person',
    view: {
      notice: undefined,
      title: 'Which Sam do you mean?',
      people: [
        { name: 'Sam Ek', address: 'sam.ek@contoso.com', verb: 'admin-rights', data: { person: 'sam' } },
        { name: 'Sam Olu', address: 'sam.olu@contoso.com', verb: 'admin-rights', data: { person: 'samo' } },
      ],
    },
  },
]
