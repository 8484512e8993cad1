/** The few things the embedded store asks of a folder, so that tests can fail or cut off any of them. */

export interface Files {
  /** The names in the folder. */
  list(): Promise<readonly string[]>
  read(name: string): Promise<Buffer>
  /** `new` empties a file that is there, `existing` must be there, `unique` must not be. */
  open(name: string, how: 'new' | 'existing' | 'unique'): Promise<OpenFile>
  /** Writes over the beginning of a file that must be there. */
  rewrite(name: string, bytes: Uint8Array): Promise<void>
  /** Sets when a file that must be there was last touched; its contents stay as they are. */
  touch(name: string, at: number): Promise<void>
  /** When a file was last touched, as everybody who shares the folder sees it. */
  touchedAt(name: string): Promise<number>
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** Makes new, changed and removed names durable. */
  syncNames(): Promise<void>
}

export interface OpenFile {
  append(bytes: Uint8Array): Promise<void>
  /** Makes what was appended durable. */
  datasync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}
