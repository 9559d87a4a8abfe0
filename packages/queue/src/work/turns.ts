import { type Database, findOwnersInTurn } from '@dsapi/db'

/** Some jobs of each of some owners. */
export type Shares = readonly { readonly owner: string; readonly jobs: number }[]

/** The owners whose jobs a worker claims next. */
export type Turns = {
  /** Whether an owner has jobs that are due. It asks the database, unless it was asked a moment ago. */
  readonly isAnyDue: () => Promise<boolean>
  /** How many jobs of which owners to claim for so many slots. */
  readonly share: (slots: number) => Shares
  /** So many slots were shared: it is the next owner's turn. */
  readonly pass: (slots: number) => void
  /** The owners are to be looked up again before the next share: there are new jobs, or fewer than there were. */
  readonly forget: () => void
}

/** More are looked up at once than a claim takes, so that a look is not needed for each. */
const mostOwners = 64
/** How long a look is used. What other workers take meanwhile shows in claims of fewer jobs. */
const freshForMs = 100

/** Gives slots to owners, one each, and again from the first one while slots are left. */
export const shareSlots = (owners: readonly string[], slots: number): Shares =>
  owners.slice(0, slots).map((owner, place) => ({
    owner,
    jobs: Math.ceil((slots - place) / owners.length),
  }))

/** The owners in turn after so many slots were shared. */
export const turnBy = (owners: readonly string[], slots: number): readonly string[] => {
  const turned = slots % Math.max(1, owners.length)
  return [...owners.slice(turned), ...owners.slice(0, turned)]
}

/** Lets the owners of jobs take turns, in the order of their ids. Each worker has turns of its own. */
export const createTurns = (db: Database): Turns => {
  let owners: readonly string[] = []
  /** Whether these are all owners with jobs that are due. */
  let areAll = false
  let lookedAt = Number.NEGATIVE_INFINITY
  /** Whose turn it was last. */
  let last = ''

  const look = async () => {
    lookedAt = performance.now()
    const found = { after: last, dueBefore: Date.now(), limit: mostOwners }
    owners = await findOwnersInTurn(db, found)
    areAll = owners.length < mostOwners
  }

  /** Where there are more owners than these, none has a second turn before those have had their first. */
  const usable = (slots: number) => (areAll ? slots : Math.min(slots, owners.length))

  return {
    isAnyDue: async () => {
      const isOld = performance.now() - lookedAt > freshForMs
      if (owners.length === 0 || isOld) await look()
      return owners.length > 0
    },
    share: (slots) => shareSlots(owners, usable(slots)),
    pass: (slots) => {
      const next = turnBy(owners, usable(slots))
      last = next.at(-1) ?? last
      owners = areAll ? next : owners.slice(usable(slots))
    },
    forget: () => {
      lookedAt = Number.NEGATIVE_INFINITY
    },
  }
}
