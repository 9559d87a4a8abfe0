export { type AllowedHosts, readAllowedHosts } from './addresses/allowed-hosts.ts'
export { longestUrl, problemOfUrl } from './addresses/check-url.ts'
export type { Attempt } from './deliveries/deliver.ts'
export type { DeliveryDescription } from './deliveries/delivery.ts'
export { createFinishedDeliveries } from './deliveries/finished-deliveries.ts'
export {
  deliveriesOf,
  getDelivery,
  listDeliveries,
  redeliver,
  sendTest,
} from './deliveries/manage-deliveries.ts'
export { startDeliveries } from './deliveries/start-deliveries.ts'
