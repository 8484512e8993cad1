import assert from 'node:assert/strict'
import { isServiceUrl } from '../../../src/chat/send/service-urls.ts'

const teams = [
  'https://smba.trafficmanager.net/teams/',
  'https://SMBA.trafficmanager.net/emea/',
  'https://smba.infra.gcc.teams.microsoft.com/teams',
]
const here = ['http://localhost:3978', 'http://127.0.0.1:9000/', 'http://[::1]:9000', 'https://localhost']
/** Clouds with logins, keys and a Graph of their own, which the bot does not know. */
const otherClouds = [
  'https://smba.infra.gov.teams.microsoft.us/',
  'https://smba.infra.dod.teams.microsoft.us/',
  'https://smba.infra.gov.teams.microsoft.us/teams/',
  'https://frontend.botapi.msg.infra.teams.microsoftonline.cn/',
]
const nowhere = [
  ...otherClouds,
  '',
  'smba.trafficmanager.net',
  '//smba.trafficmanager.net/',
  'http://smba.trafficmanager.net/',
  'ftp://smba.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://evil.example/smba.trafficmanager.net',
  'https://evil.example#smba.trafficmanager.net',
  'https://smba.trafficmanager.net@evil.example/',
  'https://evil.example\\@smba.trafficmanager.net/',
  'https://user:password@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net./',
  'https://sub.smba.trafficmanager.net/',
  'https://localhost.evil.example/',
  'http://127.0.0.1@evil.example/',
  'http://user@127.0.0.1/',
  'http://0.0.0.0:3978',
  'http://169.254.169.254/metadata',
  'file://localhost/etc/passwd',
  'javascript:alert(1)',
]

describe('T4 A service URL', () => {
  for (const url of teams) {
    it(`${url} is one of Teams, and no business of local mode`, () => {
      assert.equal(isServiceUrl(url, false), true)
      assert.equal(isServiceUrl(url, true), false)
    })
  }
  for (const url of here) {
    it(`${url} is on this machine, and good in local mode only`, () => {
      assert.equal(isServiceUrl(url, true), true)
      assert.equal(isServiceUrl(url, false), false)
    })
  }
  for (const url of nowhere) {
    it(`"${url}" is never one`, () => {
      assert.equal(isServiceUrl(url, false), false)
      assert.equal(isServiceUrl(url, true), false)
    })
  }
})
