import { lossSettings } from '@isthmus/tofu'

/**
 * What a new session selects so that its server ends it soon when the machine at the other end is gone. Else its rows would stay locked and its
 * connections taken for hours, and what was sent while the network was away would be obeyed when it is back.
 */
export const lossPolicy: string = Object.entries(lossSettings).map(([name, value]) => `set_config('${name}', '${value}', false)`).join(', ')
