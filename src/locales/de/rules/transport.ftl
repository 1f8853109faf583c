### rules/transport
