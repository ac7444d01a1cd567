/** A folder as a person might have it: networks in three clouds, in the native syntax, made without Isthmus. */
export const ownNetworks = `
terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    azurerm = { source = "hashicorp/azurerm" }
    google  = { source = "hashicorp/google" }
  }
}
provider "aws" { region = "ap-northeast-2" }
provider "azurerm" {
  features {}
}
provider "google" { region = "asia-northeast3" }

resource "aws_vpc" "own" { cidr_block = "10.10.0.0/16" }
resource "aws_route_table" "own" { vpc_id = aws_vpc.own.id }

resource "azurerm_resource_group" "own" {
  name     = "own"
  location = "koreacentral"
}
resource "azurerm_virtual_network" "own" {
  name                = "own"
  location            = azurerm_resource_group.own.location
  resource_group_name = azurerm_resource_group.own.name
  address_space       = ["10.20.0.0/16"]
}
resource "azurerm_subnet" "gateway" {
  name                 = "GatewaySubnet"
  resource_group_name  = azurerm_resource_group.own.name
  virtual_network_name = azurerm_virtual_network.own.name
  address_prefixes     = ["10.20.255.0/26"]
}

resource "google_compute_network" "own" {
  name                    = "own"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "own" {
  name          = "own"
  network       = google_compute_network.own.id
  ip_cidr_range = "10.30.1.0/24"
}

output "vpc" { value = aws_vpc.own.id }
output "route_table" { value = aws_route_table.own.id }
output "virtual_network" { value = azurerm_virtual_network.own.id }
output "gateway_subnet" { value = azurerm_subnet.gateway.id }
`

/** An order that connects the networks of {@link ownNetworks}, given the values of its outputs. */
export function existingOrder(output: (name: string) => string): string {
  return `name: existing
sites:
  aws-own:
    { cloud: aws, region: ap-northeast-2, cidr: 10.10.0.0/16, existing: { vpcId: ${output('vpc')}, routeTableIds: [${output('route_table')}] } }
  azure-own:
    cloud: azure
    region: koreacentral
    cidr: 10.20.0.0/16
    existing:
      { resourceGroup: own, virtualNetwork: own, virtualNetworkId: ${output('virtual_network')}, gatewaySubnetId: ${output('gateway_subnet')} }
  gcp-own:
    { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16, existing: { network: own, subnetworks: [own] } }
`
}
