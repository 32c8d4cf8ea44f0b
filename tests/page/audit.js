// What no reader could read: texts too pale for AA, and controls without a name.
() => {
  const SPARED = ".hidden, .skip, .axis, .look, .palette, option, script, noscript";
  const CONTROLS = "button, a, input, select, textarea, [role=tab], [role=menuitem]";
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };

  const luminance = (colour) => {
    const [r, g, b] = colour
      .map((each) => each / 255)
      .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  // The first opaque colour behind an element; null where something is half transparent.
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundImage, backgroundColor } = getComputedStyle(each);
      if (backgroundImage !== "none") return null;
      const colour = rgba(backgroundColor);
      if (colour[3] === 255) return colour;
      if (colour[3] > 0) return null;
    }
    return [255, 255, 255];
  };

  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const shown = element.checkVisibility({ visibilityProperty: true }) && !element.closest(SPARED);
    const back = shown && walker.currentNode.data.trim() ? behind(element) : null;
    if (!back) continue;
    const [light, dark] = [luminance(rgba(getComputedStyle(element).color)), luminance(back)].sort(
      (a, b) => b - a,
    );
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 90)}`);
  }

  const named = (each) =>
    each.getAttribute("aria-label") ||
    each.getAttribute("title") ||
    each.textContent.trim() ||
    each.labels?.length;
  const unnamed = [...document.querySelectorAll(CONTROLS)]
    .filter((each) => each.checkVisibility() && !named(each))
    .map((each) => each.outerHTML.slice(0, 90));
  return { pale, unnamed };
}
