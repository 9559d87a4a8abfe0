import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { readTable } from '../table/read-table.ts'
import { checkFeatureNames, featureNameProblem } from './feature-names.ts'

describe('a name of a column', () => {
  test.each(['age', 'x 1', 'größe', '%2F', 'a/b', '...', '.a', '0', '__proto__', '👩‍🔬'])(
    'may be %j',
    (name) => {
      expect(featureNameProblem(name)).toBeUndefined()
    },
  )

  test.each<[unknown, string]>([
    ['', 'is empty'],
    [' a', 'has a blank at its beginning or end'],
    ['a\u00a0', 'has a blank at its beginning or end'],
    ['a\nb', 'has a control character'],
    ['a\u2028b', 'has a control character'],
    ['a\u202eb', 'has a control character'],
    ['a\ud800b', 'has a control character'],
    ['.', 'means a folder in the path of a URL'],
    ['..', 'means a folder in the path of a URL'],
    [0, 'is not text'],
    [null, 'is not text'],
    [undefined, 'is not text'],
  ])('may not be %j', (name, problem) => {
    expect(featureNameProblem(name)).toContain(problem)
  })

  test('has at most 1000 characters', () => {
    expect(featureNameProblem('a'.repeat(1000))).toBeUndefined()
    expect(featureNameProblem('a'.repeat(1001))).toBe('is longer than 1000 characters')
  })

  test('that will do comes back from the path of a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        if (featureNameProblem(name) !== undefined) return
        const { pathname } = new URL(`http://a/predict/${encodeURIComponent(name)}/1`)
        expect(decodeURIComponent(pathname.split('/')[2])).toBe(name)
      }),
    )
  })
})

describe('names of columns', () => {
  test('are refused with the place, the name and what is wrong with it', () => {
    expect(() => checkFeatureNames(['a', 'b', 'a'])).toThrow(
      'featureNames[2], "a", is there twice; expected different names',
    )
    expect(() => checkFeatureNames(['a', '..'], 'the header', 'invalid_csv')).toThrow(
      new ModelError(
        'invalid_csv',
        'the header[1], "..", means a folder in the path of a URL; expected different names of printable characters',
        { column: 1 },
      ),
    )
  })

  test('are held to the same rule by a fit and by a header of CSV', () => {
    const fit = (name: string) =>
      new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: [name] })
    const read = (name: string) => readTable(`"${name}",y\n0,0\n1,1\n`, { label: 'y' })
    for (const name of ['..', 'a\nb', 'a\u202eb']) {
      expect(() => fit(name)).toThrow(ModelError)
      expect(() => read(name)).toThrow(ModelError)
    }
  })

  test('of a fit are text', () => {
    const featureNames = [0] as unknown as string[]
    expect(() => new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames })).toThrow(
      'featureNames[0], 0, is not text',
    )
  })

  test('are checked in one pass, however many there are', () => {
    const names = Array.from({ length: 200_000 }, (_, j) => `x${j}`)
    expect(() => checkFeatureNames([...names, 'x0'])).toThrow('featureNames[200000], "x0"')
  })
})

test('each name is looked at once, however many there are', () => {
  const readsOf = (count: number) => {
    let reads = 0
    const names = new Proxy(
      Array.from({ length: count }, (_, j) => `column ${j}`),
      {
        get: (target, member) => {
          if (typeof member === 'string' && /^\d+$/.test(member)) reads++
          return Reflect.get(target, member)
        },
      },
    )
    checkFeatureNames(names)
    return reads
  }
  expect(readsOf(2000)).toBe(2 * readsOf(1000))
})
