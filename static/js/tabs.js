// Where the tabs are wider than the screen, the one in use is brought into view.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs"), at = tab.getBoundingClientRect(), box = row.getBoundingClientRect();
  if (at.right > box.right) row.scrollLeft += at.right - box.right + 24;
}
