### rules/message
