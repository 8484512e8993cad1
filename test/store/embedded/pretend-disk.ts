/**
 * A disk in memory that forgets what was not synced when the power is cut, and that fails when it is told to.
 * Every step is written down, so that tests can see what came before what.
 */
import { setImmediate } from 'node:timers/promises'
import { type Files, type OpenFile } from '../../../src/store/embedded/files.ts'
import { type Owners, type Place } from '../../../src/store/embedded/owners.ts'

/** How much of what was appended and not synced survives a power cut. */
export type Surviving = 'nothing' | 'half' | 'all'

/** Answers the code with which a step fails, if it does; steps count from 1. */
type Fails = (step: number, what: string) => string | null

type Node = { bytes: Buffer; synced: Buffer }

export class PretendDisk {
  /** What was asked of the disk, in order: `append journal-1`, `syncNames`. */
  readonly steps: string[] = []
  #names = new Map<string, Node>()
  #syncedNames = new Map<string, Node>()
  /** Names that were removed since names were synced. */
  readonly #removed = new Set<string>()
  readonly #touched = new WeakMap<Node, number>()
  #life = 1
  #fail = sound
  #killAt = Infinity
  #isKilled = false
  #held: { readonly what: string; readonly held: Promise<void> } | null = null

  failWhen(fails: Fails): void {
    this.#fail = fails
  }

  heal(): void {
    this.#fail = sound
  }

  /** Lets the next step of this kind wait; the answer lets it go on. */
  hold(what: string): () => void {
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    this.#held = { what, held }
    return release
  }

  /** Ends this life in the middle of that step. */
  killAt(step: number): void {
    this.#killAt = step
  }

  /** Whether that step has come. */
  get isKilled(): boolean {
    return this.#isKilled
  }

  /** Ends this life: what was appended is still there, what is under way never ends. */
  kill(): void {
    this.#life += 1
    this.#killAt = Infinity
  }

  /**
   * Ends this life; names and contents that were not synced are lost, or some of the contents are not. Then removals are not
   * lost either: a disk need not keep what was done to a folder in its order.
   */
  cutPower(surviving: Surviving): void {
    this.kill()
    this.#names = new Map(this.#syncedNames)
    if (surviving !== 'nothing') for (const name of this.#removed) this.#names.delete(name)
    for (const node of this.#names.values()) {
      const unsynced = Math.max(0, node.bytes.length - node.synced.length)
      const kept = { nothing: 0, half: unsynced >> 1, all: unsynced }[surviving]
      node.bytes = Buffer.concat([
        node.synced,
        node.bytes.subarray(node.synced.length, node.synced.length + kept),
      ])
      node.synced = node.bytes
    }
  }

  /** The folder and its owner as the process of this life sees them, which lives in that place. */
  open(place?: Place): { readonly files: Files; readonly owners: Owners } {
    const life = this.#life
    const owners = {
      self: `${life}-0`,
      isAlive: (owner: string) => Promise.resolve(owner === `${this.#life}-0`),
      ...(place ? { place } : {}),
    }
    return { files: this.#files(life), owners }
  }

  bytesOf(name: string): Buffer {
    return this.#node(name).bytes
  }

  write(name: string, bytes: Uint8Array): void {
    const node = { bytes: Buffer.from(bytes), synced: Buffer.from(bytes) }
    this.#names.set(name, node)
    this.#syncedNames.set(name, node)
  }

  names(): readonly string[] {
    return [...this.#names.keys()].sort()
  }

  #files(life: number): Files {
    return {
      list: async () => {
        await this.#step(life, 'list')
        return this.names()
      },
      read: async (name) => {
        await this.#step(life, `read ${name}`)
        return this.#node(name).bytes
      },
      open: async (name, how) => {
        await this.#step(life, `open ${name}`)
        if (how === 'unique' && this.#names.has(name)) throw failure('EEXIST')
        const node = how === 'existing' ? this.#node(name) : { bytes: none, synced: none }
        this.#names.set(name, node)
        this.#removed.delete(name)
        return this.#file(life, name, node)
      },
      rewrite: async (name, bytes) => {
        await this.#step(life, `rewrite ${name}`)
        this.#node(name).bytes = Buffer.from(bytes)
      },
      touch: async (name, at) => {
        // It is found first, and may be removed before that is known.
        const node = this.#node(name)
        await this.#step(life, `touch ${name}`)
        this.#touched.set(node, at)
      },
      touchedAt: async (name) => {
        await this.#step(life, `touchedAt ${name}`)
        return this.#touched.get(this.#node(name)) ?? 0
      },
      rename: async (from, to) => {
        await this.#step(life, `rename ${from} ${to}`)
        this.#names.set(to, this.#node(from))
        this.#names.delete(from)
        this.#removed.delete(to)
      },
      remove: async (name) => {
        await this.#step(life, `remove ${name}`)
        this.#names.delete(name)
        this.#removed.add(name)
      },
      syncNames: async () => {
        await this.#step(life, 'syncNames')
        this.#syncedNames = new Map(this.#names)
        this.#removed.clear()
      },
    }
  }

  #file(life: number, opened: string, node: Node): OpenFile {
    const name = opened.replace(/\.new$/, '')
    return {
      append: async (bytes) => {
        const half = bytes.length >> 1
        await this.#step(life, `append ${name}`, () => {
          // A full disk takes what still fits.
          node.bytes = Buffer.concat([node.bytes, bytes.subarray(0, half)])
        })
        node.bytes = Buffer.concat([node.bytes, bytes])
      },
      datasync: async () => {
        await this.#step(life, `datasync ${name}`)
        node.synced = node.bytes
      },
      truncate: async (length) => {
        await this.#step(life, `truncate ${name}`)
        node.bytes = node.bytes.subarray(0, length)
      },
      close: () => Promise.resolve(),
    }
  }

  /** One step of a living process; `spoil` is what it leaves behind when it fails or never ends. */
  async #step(life: number, what: string, spoil?: () => void): Promise<void> {
    await setImmediate()
    const { held } = this.#held?.what === what ? this.#held : { held: null }
    if (held) this.#held = null
    await held
    if (life !== this.#life) await never
    if (this.steps.length + 1 >= this.#killAt) {
      this.#life += 1
      this.#isKilled = true
      spoil?.()
      await never
    }
    const code = this.#fail(this.steps.push(what), what)
    if (code === null) return
    spoil?.()
    throw failure(code)
  }

  #node(name: string): Node {
    const node = this.#names.get(name)
    if (!node) throw failure('ENOENT')
    return node
  }
}

const none = Buffer.alloc(0)
const never = new Promise<never>(() => undefined)
const sound: Fails = () => null

function failure(code: string): Error {
  return Object.assign(new Error(`pretended ${code}`), { code })
}
