// Tells the style sheets that scripts run: what only works with them may show itself.
document.documentElement.classList.add("js");
