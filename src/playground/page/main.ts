/** Joins the parts of the page: listens to the bot, and draws what it says. */
import { ask, listen, type Hello, type Office } from './api.ts'
import { found } from './element.ts'
import { Network } from './network.ts'
import { People, personDialog } from './people.ts'
import { Sound } from './sound.ts'
import { StepsBar } from './steps.ts'
import { StoryPanel } from './story.ts'

let hello: Hello = { suggestions: [], canCall: true }
let wasConnected = false
let isFirst = true
/** Calls that were spoken of: each is once. */
const spoken = new Set<string>()

const sound = new Sound()
const network = new Network()
const story = new StoryPanel()
const people = new People({ suggestions: () => hello.suggestions }, (person) => {
  if (person === cy() && steps.isNext('look')) void ask('POST', 'steps/look')
})
const steps = new StepsBar(() => {
  people.look(cy())
})

function cy(): string {
  return people.all()[2]?.id ?? ''
}

personDialog()
found('sound').addEventListener('click', () => {
  found('sound').setAttribute('aria-pressed', String(sound.toggle()))
})

function draw(office: Office): void {
  people.update(office.people)
  network.update(office)
  steps.update(office.steps)
  story.update(office.story)
  for (const { id, caller, owner, words } of office.calls) {
    if (spoken.has(id)) continue
    spoken.add(id)
    if (!isFirst) found('spoken').textContent = `${caller} calls ${owner}. ${words}`
  }
  isFirst = false
}

listen({
  hello: (said) => {
    hello = said
    network.canCall(said.canCall)
  },
  office: draw,
  message: ({ person, message, isNew }) => {
    people.message(person, message, isNew)
    if (isNew && message.alert) sound.ring()
  },
  gone: ({ person, id }) => {
    people.gone(person, id)
  },
  connected: (isConnected) => {
    if (isConnected && wasConnected) void people.fetch()
    found('connection').textContent = isConnected
      ? wasConnected
        ? 'The bot is back.'
        : ''
      : 'The bot is not running. This page waits for it.'
    document.body.classList.toggle('without-bot', !isConnected)
    wasConnected ||= isConnected
  },
})
