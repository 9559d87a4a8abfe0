import { waitFor } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { describeInBrowser } from './describe-in-browser.ts'
import { tabTo } from './keyboard.ts'
import { hostileName } from './start-server.ts'

/** A LightGBM model of one tree, with one split of the feature `size`. */
const stump = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=binary sigmoid:1
feature_names=size age
feature_infos=[0:3] [0:3]
tree_sizes=100

Tree=0
num_leaves=2
num_cat=0
split_feature=0
split_gain=1
threshold=1.5
decision_type=2
left_child=-1
right_child=-2
leaf_value=-1 1
shrinkage=1


end of trees

pandas_categorical:null
`

const shortId = (id: string) => id.slice(0, 8)

describeInBrowser('tasks', ({ open, server }) => {
  test('jobs are filtered, chosen and retried by keyboard alone', async () => {
    const failed = [await server().addFailedJob('first'), await server().addFailedJob('second')]
    const { page } = await open('/jobs')
    await page
      .getByRole('link', { name: shortId(failed[0] ?? '') })
      .first()
      .waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('ffff')
    await page.getByText('No job fits the filter.').waitFor()
    for (let count = 0; count < 4; count++) await page.keyboard.press('Backspace')
    await tabTo(page, 'all', 'Shift+Tab')
    for (let count = 0; count < 4; count++) await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', { name: 'failed', selected: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?state=failed')
    await page.getByRole('row').nth(2).waitFor()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await tabTo(page, 'Retry', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Retry 2 jobs?' }).waitFor()
    await page.locator('button:focus', { hasText: 'No' }).waitFor()
    await tabTo(page, 'Retry 2 jobs')
    await page.keyboard.press('Enter')
    await page.getByText('2 retried').first().waitFor()
    await page.locator('h1:focus').waitFor()
  })

  test('a dialog that asks before a job is cancelled gives the focus back', async () => {
    const slow = await server().ask('/predict-slow', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ feature_a: 1, feature_b: 2 }),
    })
    const { id }: { id: string } = await slow.json()
    const { page } = await open(`/jobs/${id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await tabTo(page, 'Cancel job')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('button:focus', { hasText: 'Cancel job' }).waitFor()
    await page.keyboard.press('Enter')
    await tabTo(page, 'Cancel job')
    await page.keyboard.press('Enter')
    await page.getByText('Ended: cancelled').waitFor()
  })

  test('a key is created, copied and closed by keyboard alone, and shown only once', async () => {
    const { page } = await open('/keys')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await tabTo(page, 'Create key')
    await page.keyboard.press('Enter')
    await page.getByLabel('Name', { exact: true }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('made by keyboard')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'The new key' }).waitFor()
    const dialog = page.getByRole('dialog')
    const shown = await dialog.locator('code').first().textContent()
    expect(shown).toMatch(/^dsapi_[0-9A-Za-z]{38}$/)
    await page.keyboard.press('Escape')
    expect(await dialog.isVisible()).toBe(true)
    await tabTo(page, 'Copy')
    await page.keyboard.press('Enter')
    await page.getByText('Copied the key').waitFor()
    await tabTo(page, 'I have stored it')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(shown)
    await page.getByRole('link', { name: 'made by keyboard' }).waitFor()
  })

  test('a key is revoked after its name was typed', async () => {
    const { stored } = await server().makeKey({ name: 'old report' })
    const { page } = await open(`/keys/${stored.id}`)
    await page.getByRole('button', { name: 'Revoke' }).click()
    const revoke = page.getByRole('dialog').getByRole('button', { name: 'Revoke key' })
    expect(await revoke.isDisabled()).toBe(true)
    await page.getByLabel('Type old report to confirm').fill('old report')
    await revoke.click()
    await page.getByText('revoked', { exact: true }).first().waitFor()
  })

  test('a batch is checked before it is sent, and its page shows the rows of its result', async () => {
    const { page } = await open('/batches')
    const file = (text: string) => ({
      ...{ name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
    })
    const input = page.locator('input[type=file]')
    await input.setInputFiles(file('width\n1\n'))
    await page.getByText('The header of the file lacks').waitFor()
    await input.setInputFiles(file('feature_a,feature_b\n1,2\n0.5,nonsense\n'))
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('heading', { name: /^Job / }).waitFor()
    await page.getByText('2 rows, of which 1 could not be scored.').waitFor()
    await page.getByRole('cell', { name: /feature_b is not/ }).waitFor()
  })

  test('the playground shows what the server answers, and its point moves by the arrow keys', async () => {
    const { page } = await open('/playground')
    await page.getByLabel('feature_a', { exact: true }).fill('1.5')
    await page.getByRole('button', { name: 'Ask the server' }).click()
    await page.getByText('The server and this browser agree to the last bit.').waitFor()
    await page.getByRole('table', { name: 'Parts of the score' }).getByText('intercept').waitFor()
    await page.getByRole('img', { name: /The point is at 1.5 and 0/ }).waitFor()
    await page.getByRole('group', { name: /arrow keys/ }).press('ArrowUp')
    const other = page.getByLabel('feature_b', { exact: true })
    await waitFor(async () => (await other.inputValue()) !== '0')
  })

  test('the browser computes a model of trees as the server does', async () => {
    const added = await server().ask('/models/trees/versions', { method: 'POST', body: stump })
    expect(added.status).toBe(201)
    const { page } = await open('/playground?m=trees')
    await page.getByText('This browser computed the picture').waitFor()
    await page.getByLabel('size', { exact: true }).fill('2')
    await page.getByRole('button', { name: 'Ask the server' }).click()
    await page.getByText('The server and this browser agree to the last bit.').waitFor()
  })

  test('without the scope admin, the server computes the picture', async () => {
    const { key } = await server().makeKey({ name: 'asker', scopes: ['predict'] })
    const { page } = await open('/playground', { key })
    await page.getByText('The server computed this picture').waitFor()
    await page.getByRole('button', { name: 'Ask the server' }).click()
    const prediction = await server().ask('/predict/feature_a/0/feature_b/0')
    const version = prediction.headers.get('x-model-version') ?? ''
    await page.locator('.server-answer').getByText(version).waitFor()
  })

  test('the keys g and a letter go to a page, except in a field', async () => {
    const { page } = await open('/jobs')
    await page.getByLabel('Id begins with').focus()
    await page.keyboard.type('gk')
    expect(new URL(page.url()).pathname).toBe('/console/jobs')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.type('gk')
    await page.locator('h1:focus', { hasText: 'Keys' }).waitFor()
  })

  test('names, notes and errors that look like markup are shown as text', async () => {
    const id = await server().addFailedJob(hostileName)
    const { page } = await open('/keys')
    const row = page.getByRole('row').filter({ hasText: '<img src=x' })
    expect(await row.getByRole('link').textContent()).toBe(hostileName)
    expect(await row.getByText('<b>note</b>').count()).toBe(1)
    await page.goto(`/console/jobs/${id}`)
    expect(await page.locator('pre').textContent()).toBe(hostileName)
    await page.goto('/console/playground?m=three-classes')
    await page.getByLabel('a<b>', { exact: true }).waitFor()
    expect(await page.locator('main b, img').count()).toBe(0)
  })
})
