/** What the instances of one bot must agree on beyond what is kept. A bot that is alone agrees with itself. */

/** A request that waits to be sent to the chat service. */
export type Wanted = { readonly conversation: string; readonly priority: 0 | 1 | 2 }

/** Which of the wanted may be sent now, by their places in the list, and when to ask for the others: milliseconds. */
export type Quota = { readonly granted: readonly number[]; readonly againMs: number }

export interface Instances {
  /** Within an effect: whether it is still this instance's to perform. One that was frozen for a while has lost it. */
  isStillOurs(): boolean
  /** Asks for the tenant's send limit; the most urgent are named first. At most so many are granted. */
  takeSlots(wanted: readonly Wanted[], most: number): Promise<Quota>
  /** Whether any instance answered this lately. */
  wasHeard(name: string): Promise<boolean>
  heard(name: string): Promise<void>
  /** Whether this instance does this for all of them, for now. */
  hasDuty(name: string): Promise<boolean>
}
