import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RealClouds } from './real-clouds.ts'

let folder: string
let clouds: RealClouds
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-secrets-'))
  const secretsFolder = join(folder, 'secrets')
  await mkdir(join(secretsFolder, 'alice'), { recursive: true })
  await writeFile(join(secretsFolder, 'ACME_TOKEN'), 'one\n')
  await writeFile(join(secretsFolder, 'README.md'), 'no variable')
  await writeFile(join(secretsFolder, 'alice', 'ACME_TOKEN'), 'two')
  clouds = new RealClouds({ pluginCache: join(folder, 'plugins'), secretsFolder })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('gives each holder the variables of its own folder', async () => {
  expect(await clouds.credentials()).toEqual({ ACME_TOKEN: 'one' })
  expect(await clouds.credentials('alice')).toEqual({ ACME_TOKEN: 'two' })
})

it('reads them anew, so that they can be exchanged', async () => {
  await clouds.credentials()
  await writeFile(join(folder, 'secrets', 'ACME_TOKEN'), 'three')
  expect(await clouds.credentials()).toEqual({ ACME_TOKEN: 'three' })
})

it.each(['bob', '../secrets', '.', 'a/b'])('refuses the holder %s, who has no folder', async (holder) => {
  await expect(clouds.credentials(holder)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
})

it('needs no folder where the gateway has its own variables', async () => {
  const plain = new RealClouds({ pluginCache: join(folder, 'plugins') })
  expect(await plain.credentials()).toEqual({})
  await expect(plain.credentials('alice')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
  expect(await plain.environment()).toEqual({ TF_PLUGIN_CACHE_DIR: join(folder, 'plugins') })
})
