"""封存停驶: over a holiday cars stand sealed; who is exempt, leave to use one, the record."""
