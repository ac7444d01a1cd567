import { fill, Refusal, text, type Attributes, type Behaviour, type CloudObject, type Context } from '@isthmus/provider-kit/simulated-cloud'

/** Project that everything belongs to. */
const project = '4f1c2d3e5a6b47988877665544332211'

/** An error of the Networking API as the provider prints it. */
export function refusal(status: 400 | 404 | 409, type: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`Expected HTTP response code [201 202] when accessing the Networking API, but got ${status} instead`, `${type}: ${message}`, path)
}

/** The object that an argument points to; without it, the cloud's 404. */
export function demand(context: Context, type: string, object: Attributes, name: string, noun: string): CloudObject {
  const found = context.find(type, object[name])
  if (found) return found
  throw refusal(404, `${noun.replaceAll(' ', '')}NotFound`, `${noun} ${String(object[name])} could not be found.`, name)
}

/** An id in the form of the cloud that depends on the salt alone. */
export function idOf(salt: string, context: Context): string {
  const hex = context.digest(`openstack ${salt}`)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

/** Region that the provider instance works in. */
export function region(context: Context): string {
  return text(context.provider, 'region') ?? 'RegionOne'
}

/** Adds to a behaviour the id and what every object of the API has. Names are not unique there, so the id counts the namesakes. */
export function openstack(identity: readonly string[], behaviour: Behaviour): Behaviour {
  return {
    ...behaviour,
    id(object, context) {
      const salt = JSON.stringify([context.type, region(context), ...identity.map((name) => object[name] ?? null)])
      for (let turn = 0; ; turn += 1) {
        const id = idOf(`${salt} ${turn}`, context)
        if (!context.find(context.type, id)) return id
      }
    },
    create(object, context) {
      fill(object, { region: region(context), tenant_id: project, all_tags: Array.isArray(object['tags']) ? object['tags'] : [] })
      behaviour.create?.(object, context)
    },
  }
}
