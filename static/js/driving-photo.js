// A photograph of at most 1600 pixels, as JPEG; what cannot be drawn is sent as it is.
export const shrink = async (file) => {
  if (!file?.size) return null;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.8); });
  } catch {
    return file;
  }
};
