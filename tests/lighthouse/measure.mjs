// Each page three times, the plain static page in between, all in one browser; medians, as a table.
// Exit code 1: a page is short of its target.
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import lighthouse from 'lighthouse'
import { address, launch, linkOn, pageOf } from './portal.mjs'

const phone = { bytes: 100_000, interactive: 2_500, performance: 90 }
const desk = { performance: 80 }
const rounds = Number(process.argv[2] ?? 3), only = process.argv.slice(3)
const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** The least a page can be: a heading and a sentence, compressed, from a server that does nothing else. */
async function plainPage() {
  const html = gzipSync('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Plain</title></head><body><h1>Plain</h1><p>A static page.</p></body></html>')
  const server = createServer((_, answer) => answer.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }).end(html))
  await new Promise(started => server.listen(0, '127.0.0.1', started))
  return { address: `http://127.0.0.1:${server.address().port}/`, server }
}

/** One cold visit on a mid-range phone over a slow network, as Lighthouse's mobile preset simulates it. */
async function visit(page, url, again = true) {
  // The sign-in is kept, so what earlier visits left in the cache goes by itself.
  const session = await page.createCDPSession()
  await session.send('Network.clearBrowserCache')
  await session.detach()
  const { lhr } = await lighthouse(url, { onlyCategories: ['performance'], disableStorageReset: true, disableFullPageScreenshot: true, logLevel: 'error' }, undefined, page)
  // Now and then the browser records no start of the page; that says nothing about the page.
  if (lhr.runtimeError?.code === 'NO_NAVSTART' && again) return visit(page, url, false)
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`)
  // A page that sent us to sign in instead would be a different page.
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`)
  const value = audit => lhr.audits[audit].numericValue
  return { performance: Math.round(100 * lhr.categories.performance.score), bytes: value('total-byte-weight'), interactive: value('interactive'), blocking: value('total-blocking-time'), largest: value('largest-contentful-paint') }
}

const browser = await launch()
const employee = await pageOf(browser, 'employee'), trainer = await pageOf(browser, 'trainer'), group = await pageOf(browser, 'group'), nobody = await pageOf(browser, '')
const feedback = await linkOn(employee, '/my/feedback', /^\/my\/feedback\/./), test = await linkOn(employee, '/my/feedback', /^\/my\/test\/./), sheet = await linkOn(trainer, '/teach', /^\/sheet\//), door = await linkOn(trainer, '/teach', /^\/door\//)
const plain = await plainPage()

const pages = [
  ['plain static page', nobody, plain.address, {}],
  ['/my', employee, '/my', phone],
  ['/my/find', employee, '/my/find', phone],
  ['/my/feedback', employee, '/my/feedback', phone],
  ['/my/feedback/{run}', employee, feedback, phone],
  ['/my/test/{run}', employee, test, phone],
  ['/my/ask', employee, '/my/ask', phone],
  ['/my/certificates', employee, '/my/certificates', phone],
  ['/check-in/{session}', employee, door?.replace('/door/', '/check-in/') ?? sheet?.replace('/sheet/', '/check-in/'), phone],
  ['/door/{session}', trainer, door, phone],
  ['/sheet/{session}', trainer, sheet, phone],
  ['/s/{token}', nobody, process.env.TRAINING_SURVEY_LINK ?? '/s/none', phone],
  ['/c/{code}', nobody, '/c/none', phone],
  ['/ (back office)', group, '/', desk],
].filter(([name], index) => !index || !only.length || only.includes(name)).filter(([name, , path]) => path || console.log(`${name}: the demo has none now`))

const readings = new Map(pages.map(([name]) => [name, []]))
for (let round = 0; round < rounds; round++) {
  for (const [name, page, path] of pages) readings.get(name).push(await visit(page, new URL(path, address).href))
}
await browser.close()
plain.server.close()

let short = false
console.log(`| page | performance | transferred, kB | interactive, s | largest paint, s | blocked, ms | |\n|---|---|---|---|---|---|---|`)
for (const [name, , , target] of pages) {
  const of = what => median(readings.get(name).map(one => one[what]))
  const met = of('performance') >= (target.performance ?? 0) && of('bytes') <= (target.bytes ?? Infinity) && of('interactive') <= (target.interactive ?? Infinity)
  short ||= !met
  console.log(`| ${name} | ${of('performance')} | ${(of('bytes') / 1000).toFixed(1)} | ${(of('interactive') / 1000).toFixed(2)} | ${(of('largest') / 1000).toFixed(2)} | ${of('blocking').toFixed(0)} | ${target.performance ? met ? 'met' : 'short' : ''} |`)
}
process.exit(short ? 1 : 0)
