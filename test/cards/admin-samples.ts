/** What an admin sees. */
import { policyChoices, policyFlags } from '../../src/chat/admin/policy-form.ts'
import { type CardViews } from '../../src/chat/draw/views.ts'
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
  detail:
    'Call group: Bo Lindqvist → Bo Lindqvist and Cy Osei, one after the other. Forwarding: Off → All calls go to their call group.',
  side: 'Mon 23 Nov, 14:02',
}

export const adminSamples: readonly Sample[] = [
  {
    picture: 'admin',
    card: 'admin',
    view: {
      ...nothing,
      title: 'Administration',
      links: [
        {
          title: 'People',
          detail: '214 people known, 31 of them with a call group.',
          verb: 'admin-people',
          data: {},
        },
        { title: 'Policies', detail: 'Front desk, Global and Sales', verb: 'admin-policies', data: {} },
        {
          title: 'Clean-up',
          detail: '2 people still share calls without being allowed to.',
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
      lead: 'Global applies to everybody without a policy of their own.',
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
      nameLabel: 'A policy to open, or to make',
      namePlaceholder: 'Its name',
      buttons: [
        { title: 'Open or make', verb: 'admin-policy', data: {} },
        { title: 'More', verb: 'admin-policies', data: { after: 'global' } },
        back,
      ],
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
      buttons: [
        { title: 'Clean up', verb: 'admin-sweep-apply', data: { seen: 'abc' } },
        { title: 'What was cleaned up', verb: 'admin-sweeps', data: {} },
        back,
      ],
    },
  },
  {
    picture: 'admin-swept',
    card: 'admin',
    view: {
      ...nothing,
      notice: {
        tone: 'good',
        text: 'Cleaned up after 2 people. You can undo this for 30 days.',
        buttons: [{ title: 'Undo', verb: 'admin-undo', data: { id: '0123' } }],
      },
      lead: 'Nothing needs cleaning up: nobody shares calls without being allowed to.',
    },
  },
  {
    picture: 'admin-sweeps',
    card: 'admin',
    view: {
      ...nothing,
      title: 'What was cleaned up',
      links: [
        {
          title: 'Mon 23 Nov, 14:02',
          detail: 'Ann Ek, Bo Lindqvist and 3 others',
          verb: 'admin-swept',
          data: { id: '0123' },
        },
        {
          title: 'Fri 20 Nov, 09:15',
          detail: 'Dee Alvarez (undone)',
          verb: 'admin-swept',
          data: { id: '4567' },
        },
      ],
      buttons: [{ title: 'Clean-up', verb: 'admin-sweep', data: {} }, back],
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
          title: 'An admin changed the policy Global, through the admin API',
          detail: 'Call groups: allowed → turned off.',
          side: 'Mon 23 Nov, 13:58',
        },
        {
          title: 'Dee Alvarez changed the settings of Ann Ek, as a delegate',
          detail: 'If unanswered: Voicemail after 20 seconds → Their call group after 30 seconds.',
          side: 'Mon 9 Mar, 17:20',
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
        { title: 'Save', verb: 'admin-save-policy', data: { name: 'Front desk', seen: 'abc' } },
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
      lead: 'Policy Global (by default). No Phone System licence (from Microsoft Graph).',
      flags: [],
      choices: [
        {
          id: 'policy',
          label: 'Calling policy',
          value: '-',
          options: [
            { title: 'From Microsoft Graph, otherwise Global', value: '-' },
            { title: 'Front desk', value: 'Front desk' },
          ],
        },
        {
          id: 'requirements',
          label: 'What sharing calls requires',
          value: '-',
          options: [
            { title: 'From Microsoft Graph, otherwise met', value: '-' },
            { title: 'Teams Only mode, with a Phone System licence', value: 'met' },
          ],
        },
      ],
      buttons: [
        { title: 'Save', verb: 'admin-save-rights', data: { person: 'ann', seen: 'abc' } },
        { title: 'Settings', verb: 'admin-settings', data: { person: 'ann' } },
        { title: 'Changes', verb: 'admin-audit', data: { person: 'ann' } },
        { title: 'Has left', verb: 'admin-left', data: { person: 'ann' } },
        back,
      ],
    },
  },
  {
    picture: 'admin-people',
    card: 'admin',
    view: {
      ...nothing,
      title: 'People',
      links: [
        {
          title: 'Ann Ek (ann@contoso.com)',
          detail: 'Policy Front desk. 2 people in their call group; in 3 groups of others.',
          verb: 'admin-rights',
          data: { person: 'ann' },
        },
        {
          title: 'Bo Lindqvist (bo@contoso.com)',
          detail: 'Policy Global. Shares no calls.',
          verb: 'admin-rights',
          data: { person: 'bo' },
        },
      ],
      asksForName: true,
      nameLabel: 'Find somebody',
      namePlaceholder: 'Name or address',
      buttons: [
        { title: 'Find', verb: 'admin-find', data: {} },
        { title: 'More', verb: 'admin-people', data: { after: 'bo' } },
        back,
      ],
    },
  },
  {
    picture: 'admin-left',
    card: 'admin',
    view: {
      ...nothing,
      title: 'Has Ann Ek left?',
      lead: 'This takes them out of every group and delegation, and ends their own sharing. Nothing has been changed yet.',
      rows: [{ title: 'Concerned', detail: 'Bo Lindqvist and Cy Osei', side: '' }],
      buttons: [
        { title: 'Clean up', verb: 'admin-left-apply', data: { person: 'ann' } },
        { title: 'No', verb: 'admin-rights', data: { person: 'ann' } },
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
