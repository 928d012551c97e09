// A browser before a running portal, signed in as accounts of the demo.
import { existsSync, readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

const run = new URL('../../.run/platform/', import.meta.url)
const kept = name => existsSync(new URL(name, run)) ? readFileSync(new URL(name, run), 'utf8') : ''

/** Of the platform that deploy/up started here, unless the environment names another. */
export const address = process.env.TRAINING_PORTAL ?? kept('platform.env').match(/^Services__Portal=(.*)$/m)?.[1]
const password = process.env.TRAINING_DEMO_PASSWORD ?? kept('keys/demo.password').trim()
if (!address || !password) {
  console.error('No running demo found. Start one with "deploy/up --detach", or set TRAINING_PORTAL and TRAINING_DEMO_PASSWORD.')
  process.exit(2)
}

export const launch = () => puppeteer.launch({
  executablePath: process.env.TRAINING_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync),
  args: ['--no-sandbox', '--force-prefers-reduced-motion', '--lang=zh-CN', '--font-render-hinting=none'],
})

/** A page of somebody who has a role; each role keeps its cookies to itself. Nobody's page for no role. */
export async function pageOf(browser, role, culture = 'zh-CN') {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.goto(`${address}/c/none?culture=${culture}`)
  if (!role) return page
  await page.goto(`${address}/my`)
  await page.type('#name', `${role}@yl`)
  await page.type('#password', password)
  await Promise.all([page.waitForNavigation(), page.click('form button')])
  if (!page.url().startsWith(address)) throw new Error(`${role}@yl could not sign in.`)
  return page
}

/** The first link of a page that matches, as its path. */
export async function linkOn(page, path, pattern) {
  await page.goto(address + path, { waitUntil: 'networkidle0' })
  const links = await page.$$eval('a[href]', all => all.map(one => one.getAttribute('href')))
  return links.find(link => pattern.test(link))
}
