// A namespace full of vNets and VPNs: copies of a pair that a gateway made.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../tools/bootstrap.mjs'

const [{ openSqliteStore }, { vnetKind }, { vpnKind }] = await Promise.all(['store/index.js', 'vnet/vnet.js', 'vpn/vpn.js'].map((file) => import(pathToFileURL(join(root, 'apps/gateway/dist', file)).href)))

const namespace = 'default'

/** Copies what the store in a folder holds until there are so many vNets and VPNs. No gateway may be running. */
export async function fill(folder, { vnets, vpns }) {
  const store = await openSqliteStore({ folder })
  try {
    const [models, [vpn]] = [await store.records.list(vnetKind, namespace), await store.records.list(vpnKind, namespace)]
    const copies = Array.from({ length: vnets - models.length }, (_, index) => ({ ...models[index % 2].doc, name: `copy-${String(index).padStart(4, '0')}`, uid: randomBytes(10).toString('hex') }))
    await store.transaction(async ({ records }) => {
      for (const copy of copies) await records.insert(vnetKind, namespace, copy.name, copy)
      for (let index = 1; index < vpns; index++) {
        const sites = vpn.doc.sites.map((site, end) => ({ ...site, vnet: copies[2 * index + end].name, uid: copies[2 * index + end].uid }))
        const name = `copy-${String(index).padStart(4, '0')}`
        await records.insert(vpnKind, namespace, name, { ...vpn.doc, name, uid: randomBytes(10).toString('hex'), sites })
      }
    })
  } finally {
    await store.close()
  }
}
