import fc from 'fast-check'
import type { NamedModel, ProtocolRequest } from '../src/protocols/protocol.ts'

type Damage = (bytes: readonly number[]) => readonly number[]

const place = fc.nat(500)
const damage: fc.Arbitrary<Damage> = fc.oneof(
  place.map(
    (end): Damage =>
      (bytes) =>
        bytes.slice(0, end),
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([at, byte]): Damage =>
      (bytes) =>
        bytes.with(at % bytes.length, byte),
  ),
  fc.tuple(place, fc.nat(8)).map(
    ([at, count]): Damage =>
      (bytes) =>
        bytes.toSpliced(at % bytes.length, count),
  ),
  fc.tuple(place, fc.nat(40)).map(
    ([at, count]): Damage =>
      (bytes) => {
        const start = at % bytes.length
        return bytes.toSpliced(start, 0, ...bytes.slice(start, start + count))
      },
  ),
  fc
    .tuple(place, fc.constantFrom('1e400', '[', '{}', 'null', 'NaN', '"', '-', '99999999999999'))
    .map(
      ([at, text]): Damage =>
        (bytes) =>
          bytes.toSpliced(at % bytes.length, 0, ...new TextEncoder().encode(text)),
    ),
)

/** Requests whose bodies are cut, flipped or repeated in some places, each with its model. */
export const damagedOf = (requests: readonly (readonly [ProtocolRequest, NamedModel])[]) =>
  fc
    .tuple(fc.constantFrom(...requests), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([[request, model], damages]) => {
      const bytes = damages.reduce<readonly number[]>(
        (all, each) => (all.length === 0 ? all : each(all)),
        [...request.body],
      )
      return { request: { ...request, body: Uint8Array.from(bytes) }, model }
    })
