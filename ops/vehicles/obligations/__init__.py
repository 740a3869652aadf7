"""到期事项: what a car or a driver owes by a day: inspection, insurance, maintenance, scrapping, licence, health."""
