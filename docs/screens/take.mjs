// Takes the pictures of README from a running demo, as WebP beside this file.
import { fileURLToPath } from 'node:url'
import { statSync } from 'node:fs'
import { address, launch, linkOn, pageOf } from '../../tests/lighthouse/portal.mjs'

const desk = { width: 1280, height: 800 }, phone = { width: 390, height: 760, isMobile: true, hasTouch: true }
const only = process.argv.slice(2)

const browser = await launch()
const readers = new Map()
async function read(role, culture) {
  const key = `${role} ${culture}`
  if (!readers.has(key)) readers.set(key, await pageOf(browser, role, culture))
  return readers.get(key)
}

/** A back-office page is ready once its circuit is; charts then draw themselves. */
async function take(name, role, culture, screen, path) {
  if (only.length && !only.includes(name)) return
  const page = await read(role, culture)
  await page.setViewport(screen)
  const to = typeof path === 'function' ? await path(page) : path
  if (!to) return console.log(`${name}: the demo has none now`)
  await page.goto(address + to, { waitUntil: 'networkidle0' })
  if (await page.$('.mud-layout')) await page.waitForSelector('main[data-live]')
  if (await page.$('.chart')) await page.waitForSelector('.chart canvas, .chart svg')
  await page.evaluate(() => { document.activeElement?.blur(); return Promise.all(document.getAnimations().map(one => one.finished.catch(() => {}))) })
  const file = fileURLToPath(new URL(`${name}.webp`, import.meta.url))
  await page.screenshot({ path: file, type: 'webp', quality: 82 })
  console.log(`${name} ${(statSync(file).size / 1000).toFixed(0)} kB`)
}

await take('loop', 'group', 'zh-CN', desk, '/')
await take('needs', 'group', 'en', desk, '/needs')
await take('gaps', 'group', 'zh-CN', desk, '/gaps')
await take('survey', 'group', 'en', desk, '/survey')
await take('coverage', 'estate', 'zh-CN', desk, page => linkOn(page, '/today', /^\/coverage/).then(link => link ?? '/coverage'))
await take('calendar', 'region', 'en', desk, '/calendar')
await take('today', 'estate', 'zh-CN', desk, '/today')
await take('budget', 'finance', 'zh-CN', desk, '/budgeting')
await take('follow', 'group', 'en', desk, async page => {
  const run = await linkOn(page, '/runs?state=Held', /^\/runs\/./)
  return run && `/follow?id=${run.split('/').at(-1)}`
})
await take('my-training', 'employee', 'zh-CN', phone, '/my')
await take('feedback', 'employee', 'en', phone, '/my/feedback')
await take('attendance', 'trainer', 'zh-CN', phone, page => linkOn(page, '/teach', /^\/sheet\/./))
await take('door', 'trainer', 'zh-CN', phone, page => linkOn(page, '/teach', /^\/door\/./))
await take('certificate', 'group', 'en', phone, page => linkOn(page, '/certificates', /^\/c\//))
await browser.close()
