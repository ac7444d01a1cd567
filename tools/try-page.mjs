// Opens the page of the API in a real browser: it shows every operation, works without a mouse and without a network, and has nothing to complain about.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { startBrowser } from './browser.mjs'
import { startGateway } from './gateway-process.mjs'

/** A name that is not of this machine: some pages only spare loopback their calls to others. */
const host = 'gateway.example'

const counts = { passed: 0, failed: 0 }
async function check(name, action) {
  const failure = await action().then(() => undefined, (error) => error)
  counts[failure ? 'failed' : 'passed'] += 1
  process.stdout.write(failure ? `failed: ${name}\n${failure.message}\n` : `passed: ${name}\n`)
}

const env = await bootstrap()
const folder = mkdtempSync(join(tmpdir(), 'isthmus-page-'))
const gateway = await startGateway({ cwd: folder, env: { ...env, ISTHMUS_PORT: '0' } })
const browser = await startBrowser({ [host]: '127.0.0.1' })
const page = await browser.newPage()
const [asked, complaints] = [[], []]
page.on('request', (request) => asked.push(request.url()))
page.on('console', (message) => { if (['error', 'warning', 'assert'].includes(message.type())) complaints.push(message.text()) })
page.on('pageerror', (error) => complaints.push(String(error)))
try {
  await page.goto(gateway.url.replace('127.0.0.1', host))
  await check('shows every operation', showsOperations)
  await check('logs in and sends a request, all by keyboard', sendsByKeyboard)
  await check('asks nobody but the gateway', asksNobody)
  await check('has nothing in its console', async () => { if (complaints.length > 0) throw new Error(complaints.join('\n')) })
} finally {
  await browser.close()
  await gateway.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = counts.failed === 0 ? 0 : 1
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, 0 skipped\n`)

async function showsOperations() {
  const { paths } = await (await fetch(`${gateway.url}/openapi.json`)).json()
  const wanted = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)).sort()
  await page.locator('.opblock-tag').first().waitFor()
  await page.locator('.opblock-tag[data-is-open=false] button').evaluateAll((buttons) => buttons.forEach((button) => button.click()))
  // Only what is in sight is there, so that all of it has to be.
  const size = page.viewportSize()
  await page.setViewportSize({ width: 1280, height: 20_000 })
  await page.locator('.opblock').nth(wanted.length - 1).waitFor()
  const shown = (await page.locator('.opblock').evaluateAll((blocks) => blocks.map((block) => `${block.querySelector('.opblock-summary-method').textContent} ${block.querySelector('.opblock-summary-path').dataset.path}`))).sort()
  await page.setViewportSize(size)
  if (JSON.stringify(shown) !== JSON.stringify(wanted)) throw new Error(`missing: ${wanted.filter((item) => !shown.includes(item))}; too many: ${shown.filter((item) => !wanted.includes(item))}`)
}

async function sendsByKeyboard() {
  const { keyboard } = page
  await tabTo('.btn.authorize')
  await keyboard.press('Enter')
  await page.locator('#auth-basic-username:focus').waitFor()
  await keyboard.type('default')
  await tabTo('#auth-basic-password')
  await keyboard.type('default')
  await keyboard.press('Enter')
  await page.locator('.modal-ux button', { hasText: 'Logout' }).waitFor()
  await tabTo('.modal-ux .btn-done')
  await keyboard.press('Enter')
  await page.locator('.modal-ux').waitFor({ state: 'detached' })
  await tabTo('.operation-filter-input')
  await keyboard.type('/isthmus/v1/runs')
  await tabTo('.opblock-get .opblock-summary-control')
  await keyboard.press('Enter')
  // The button is there before its operation is read.
  await page.locator('.is-open .parameters input').first().waitFor()
  await tabTo('.is-open .execute')
  await keyboard.press('Enter')
  const answer = page.locator('.is-open .live-responses-table tbody')
  const [status, body] = [await answer.locator('.response-col_status').first().textContent(), await answer.locator('code').first().textContent()]
  if (!status.startsWith('200') || !body.includes('"runs"')) throw new Error(`the answer is shown as ${status}: ${body}`)
}

/** Goes on with Tab until the focus is on an element that a selector describes. */
async function tabTo(selector, most = 200) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
  }
  throw new Error(`${most} times Tab do not lead to ${selector}`)
}

async function asksNobody() {
  if (asked.length < 5) throw new Error(`only this was seen: ${asked}`)
  const others = asked.filter((url) => !url.startsWith(`http://${host}:`) && !url.startsWith('data:'))
  if (others.length > 0) throw new Error(others.join('\n'))
}
