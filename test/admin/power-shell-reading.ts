/** A script as PowerShell reads it, in every code page that it may take a file for: its tokens, by a real grammar. */
import { createRequire } from 'node:module'
import treeSitter, { type Node, type Parser } from '@vscode/tree-sitter-wasm'

export type Script = {
  /** All that is no remark, in order; of a string only that it is one. */
  readonly tokens: readonly string[]
  /** What stands between single quotes, as it is meant. */
  readonly strings: readonly string[]
  readonly remarks: readonly string[]
  readonly hasErrors: boolean
}

/** From 0x80 on, as Western Europe's Windows has them, and its consoles. Node 20 takes the former for Latin-1. */
const windows1252 = `€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${between(0xa0, 0xff)}`
const codePage850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

export const readings = {
  utf8: (bytes: Uint8Array) => new TextDecoder('utf-8').decode(bytes),
  windows1252: (bytes: Uint8Array) => decoded(bytes, windows1252),
  codePage850: (bytes: Uint8Array) => decoded(bytes, codePage850),
}

function decoded(bytes: Uint8Array, upper: string): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80),
  ).join('')
}

function between(first: number, last: number): string {
  return String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, index) => first + index))
}

const grammar = createRequire(import.meta.url).resolve(
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm',
)
let parser: Promise<Parser> | null = null

async function made(): Promise<Parser> {
  await treeSitter.Parser.init()
  const language = await treeSitter.Language.load(grammar)
  return new treeSitter.Parser().setLanguage(language)
}

/** Reads a script. PowerShell takes curly quotes and long dashes for plain ones, of which the grammar knows nothing. */
export async function readScript(text: string): Promise<Script> {
  const plain = text
    .replace(/[‘’‚‛]/gu, "'")
    .replace(/[“”„]/gu, '"')
    .replace(/[–—―]/gu, '-')
    .replace(/[\u0085\u2028\u2029]/gu, '\n')
  const tree = (await (parser ??= made())).parse(plain)
  if (!tree) throw new Error('nothing was parsed')
  const [tokens, strings, remarks]: [string[], string[], string[]] = [[], [], []]
  const walk = (node: Node): void => {
    if (node.type === 'comment') remarks.push(node.text)
    else if (node.type === 'verbatim_string_characters') {
      tokens.push("'…'")
      strings.push(node.text.slice(1, -1).replaceAll("''", "'"))
    } else if (node.childCount === 0) tokens.push(`${node.type} ${node.text}`)
    else for (const child of node.children) if (child) walk(child)
  }
  walk(tree.rootNode)
  const hasErrors = tree.rootNode.hasError
  tree.delete()
  return { tokens, strings, remarks, hasErrors }
}
