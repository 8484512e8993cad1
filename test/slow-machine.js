/**
 * A busy machine and an uneven network, to find tests that pass by luck: every process that loads this stands still now and
 * then, and its servers get half of their requests late, so that what happens elsewhere comes first.
 *
 *     NODE_OPTIONS="--import $PWD/test/slow-machine.js" npm test
 */
import http from 'node:http'
import { isMainThread } from 'node:worker_threads'

const after = setTimeout
const cell = new Int32Array(new SharedArrayBuffer(4))

/** Mostly up to 60 ms, at times half a second, seldom two and a half. */
function stallMs() {
  const dice = Math.random()
  if (dice < 0.85) return 5 + Math.random() * 60
  return dice < 0.985 ? 100 + Math.random() * 400 : 800 + Math.random() * 1700
}

function stallLater() {
  after(
    () => {
      Atomics.wait(cell, 0, 0, stallMs())
      stallLater()
    },
    50 + Math.random() * 700,
  ).unref()
}

const emit = http.Server.prototype.emit

/** @this {http.Server} */
function late(/** @type {string} */ event, /** @type {unknown[]} */ ...args) {
  if (event !== 'request' || Math.random() < 0.5) return emit.call(this, event, ...args)
  after(() => emit.call(this, event, ...args), Math.random() * (Math.random() < 0.8 ? 70 : 400))
  return true
}

if (isMainThread) {
  http.Server.prototype.emit = late
  stallLater()
}
