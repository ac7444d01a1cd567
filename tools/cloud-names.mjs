// Finds the names of clouds in the files of the repository, and says where each may stand.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bootstrap.mjs'

/** Words that name a cloud, its company or its resources, by the name of its folders. */
export const cloudNames = {
  alibaba: ['alibaba', 'alibabacloud', 'alicloud', 'aliyun'],
  aws: ['aws', 'amazon', 'amazonaws', 'awscc'],
  azure: ['azure', 'azurerm', 'azuread', 'microsoft'],
  gcp: ['gcp', 'google', 'googleapis', 'gcloud'],
  ibm: ['ibm', 'ibmcloud', 'softlayer'],
  tencent: ['tencent', 'tencentcloud', 'tencentcloudstack', 'qcloud'],
  openstack: ['openstack', 'neutron', 'keystone'],
  kt: ['kt', 'ktcloud', 'ktcloudvpc'],
  ncp: ['ncp', 'ncpvpc', 'ncloud', 'naver', 'navercloud'],
  nhn: ['nhn', 'nhncloud'],
}

/** Folders and files in which a cloud is at home. */
export function homesOf(cloud) {
  return [`packages/provider-${cloud}/`, `plugins/provider-${cloud}/`, `packages/simulator/src/clouds/${cloud}/`, `packages/cloud-facts/src/${cloud}.ts`]
}

const words = new Map(Object.entries(cloudNames).flatMap(([cloud, names]) => names.map((name) => [name, cloud])))
const pattern = new RegExp(`(?<![a-z0-9])(${[...words.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-z])`, 'gi')

/** The clouds that a text names, with the line of each name. Names inside camelCase and snake_case words count. */
export function namesIn(text) {
  return text.split('\n').flatMap((line, index) => {
    const apart = line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    return [...apart.matchAll(pattern)].map((match) => ({ cloud: words.get(match[1].toLowerCase()), word: match[1], line: index + 1 }))
  })
}

/** Every file that is kept in the repository or would be, by its path from the root. */
export function keptFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return listed.split('\0').filter((file) => file !== '')
}

/** Names outside the home of their cloud, in the path of a file or in its text. */
export function strayNames(file, text) {
  const found = [...namesIn(file).map((name) => ({ ...name, line: 0 })), ...namesIn(text)]
  return found.filter(({ cloud }) => !homesOf(cloud).some((home) => file.startsWith(home))).map(({ word, line }) => ({ file, word, line }))
}

/** Text of a kept file; empty where it is not text or was just removed. */
export function textOf(file) {
  try {
    const bytes = readFileSync(join(root, file))
    return bytes.includes(0) ? '' : bytes.toString('utf8')
  } catch {
    return ''
  }
}
