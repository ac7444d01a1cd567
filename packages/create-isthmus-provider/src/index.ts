export { createProvider, type Created } from './create-provider.ts'
export { main, type Surroundings } from './main.ts'
