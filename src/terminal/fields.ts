/** `Field=value` as it is typed, in the words of Set-CsUserCallingSettings. */
import { Failed } from './failed.ts'

const lists = ['CallGroupTargets']

/** The fields of one call, as JSON. Lists are separated by commas; a membership is owner:Notification. */
export function fieldsIn(words: readonly string[]): Readonly<Record<string, unknown>> {
  const fields = words.map((word): [string, unknown] => {
    const [, name = '', value = ''] = /^([A-Za-z]+)=(.*)$/su.exec(word) ?? []
    if (name === '') throw new Failed(`"${word}" is not Field=value, as in IsForwardingEnabled=true.`)
    return [name, valueOf(name, value.trim())]
  })
  return Object.fromEntries(fields)
}

function valueOf(name: string, value: string): unknown {
  if (lists.includes(name)) return listOf(value)
  if (name === 'GroupMembershipDetails') return listOf(value).map(membershipIn)
  const words = new Map<string, unknown>([
    ['', null],
    ['null', null],
    ['$null', null],
    ['true', true],
    ['$true', true],
    ['false', false],
    ['$false', false],
  ])
  const word = value.toLowerCase()
  return words.has(word) ? words.get(word) : value
}

function listOf(value: string): readonly string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function membershipIn(text: string): object {
  const end = text.lastIndexOf(':')
  if (end <= 0) throw new Failed(`"${text}" is not owner:Ring, owner:Banner or owner:Mute.`)
  return { CallGroupOwnerId: text.slice(0, end), NotificationSetting: text.slice(end + 1) }
}
