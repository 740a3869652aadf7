"""Pictures of the programmes (图表): all of a year at a glance, and each indicator on its way to its target."""
