// The way of the Tab key. 'begin' forgets where it was; 'next' answers with the name of what is focused and what is wrong with its
// focus, or with nothing when the way is at its end; 'end' answers with everything that should have been met and was not.
step => {
  const known = globalThis.stopsOfTheWalk ??= [];
  if (step === 'begin') {
    known.length = 0;
    // From the top, wherever the focus is: the next Tab goes on from the place of what was focused last, even when it is gone.
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    return [];
  }

  if (step === 'end') {
    const usable = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
      .filter(element => isThere(element) && element.tabIndex >= 0 && !element.disabled);
    const isMet = element => known.includes(element)
      || (element.type === 'radio' && known.some(other => other.type === 'radio' && other.name === element.name && other.form === element.form));
    const faults = usable.filter(element => !isMet(element)).map(element => `never met: ${describe(element)}`);
    known.forEach((element, i) => {
      if (i && known[i - 1].compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) faults.push(`met too late: ${describe(element)}`);
    });
    return faults;
  }

  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement || known.includes(element)) return [];

  known.push(element);
  const style = getComputedStyle(element);
  const { top, left, bottom, right, width, height } = element.getBoundingClientRect();
  const isInSight = width > 1 && height > 1 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth && !isUnseen(element);
  const hasRing = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && contrast(style.outlineColor, groundOf(element.parentElement)) >= 3;
  return [nameOf(element), !isInSight ? 'focused, but out of sight' : !hasRing ? 'focused, but nothing shows it' : ''];
}
