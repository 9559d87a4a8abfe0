import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { csvOf } from '../src/app/csv.ts'
import {
  countsAt,
  precisionOf,
  recallOf,
  rocCurve,
  specificityOf,
  stepCurve,
} from '../src/app/pages/evaluation/curves.ts'
import { describeInBrowser } from './describe-in-browser.ts'
import { tabTo } from './keyboard.ts'

/** Of ten rows, of which four are of the class. */
const evaluated = {
  rows: 4,
  points: [
    [0, 4, 6],
    [0.25, 4, 2],
    [0.5, 3, 1],
    [1, 0, 0],
  ],
}

test('the counts at a threshold are those of the last point that is not above it', () => {
  const counts = countsAt(evaluated, 10, 0.6)
  expect(counts).toEqual({
    ...{ threshold: 0.5, truePositives: 3, falsePositives: 1 },
    ...{ falseNegatives: 1, trueNegatives: 5 },
  })
  if (counts === undefined) return
  expect([precisionOf(counts), recallOf(counts)]).toEqual([0.75, 0.75])
  expect(specificityOf(counts)).toBeCloseTo(5 / 6)
})

test('a ROC curve goes from corner to corner', () => {
  const { points } = rocCurve('yes', evaluated, 10)
  expect([points.at(0), points.at(-1)]).toEqual([
    [0, 0],
    [1, 1],
  ])
})

test('a histogram has the outline of bars, whose heights are shares', () => {
  expect(stepCurve('yes', [1, 3]).points).toEqual([
    ...[
      [0, 0.25],
      [0.5, 0.25],
    ],
    ...[
      [0.5, 0.75],
      [1, 0.75],
    ],
  ])
})

test('cells of a CSV text are quoted where they need it', () => {
  expect(
    csvOf([
      ['a,b', 'c"d'],
      [1, Number.NaN],
    ]),
  ).toBe('"a,b","c""d"\r\n1,\r\n')
})

describeInBrowser('the evaluation of a version', ({ open }) => {
  test('one threshold is moved by keys, for all pictures, and stays in the address', async () => {
    const { page } = await open('/models/default/evaluation')
    await page.getByText('1 is answered from a probability of 0.5 on').waitFor()
    const marker = page.locator('.plot .point').first()
    const before = await marker.getAttribute('cx')
    await tabTo(page, '1 is answered from a probability of 0.5 on')
    for (let count = 0; count < 5; count++) await page.keyboard.press('ArrowRight')
    await page.getByText('1 is answered from a probability of 0.55 on').waitFor()
    expect(new URL(page.url()).search).toBe('?t=0.55')
    expect(await marker.getAttribute('cx')).not.toBe(before)
    await page.reload()
    await page.getByText('1 is answered from a probability of 0.55 on').waitFor()
  })

  test('another version, and another class, are chosen', async () => {
    const { page } = await open('/models/three-classes/evaluation')
    await page.getByRole('combobox', { name: 'Class' }).selectOption('2')
    await page.getByText('2 is answered from a probability of 0.5 on').waitFor()
    await page.getByLabel('Version').selectOption('1')
    await page.getByText('0 is answered from a probability of 0.5 on').waitFor()
    expect(new URL(page.url()).search).toBe('?v=1')
  })

  test('a picture and its numbers are saved', async () => {
    const { page } = await open('/models/default/evaluation')
    const save = async (name: string) => {
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name }).first().click()
      const download = await waiting
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')] as const
    }
    const [csvName, csv] = await save('Save CSV')
    expect(csvName).toBe('plot.csv')
    expect(csv).toMatch(/^Share of the others,1\r\n0,0\r\n/)
    const [svgName, svg] = await save('Save SVG')
    expect(svgName).toBe('plot.svg')
    expect(svg).toMatch(/^<svg .*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg).toContain('stroke="rgb(59, 125, 216)"')
  })

  test('two versions are compared side by side', async () => {
    const { page } = await open('/models/three-classes')
    await page.getByRole('link', { name: 'Compare' }).click()
    const row = page.getByRole('row', { name: /^accuracy/ })
    const cells = async () => (await row.getByRole('cell').allTextContents()).slice(1).map(Number)
    await row.waitFor()
    const [served = 0, other = 0, difference = 0] = await cells()
    expect(difference).toBeCloseTo(other - served, 3)
    await page.getByLabel('Version B').selectOption('2')
    await expect.poll(cells).toEqual([served, served, 0])
  })
})
