"""Neural style transfer: the optimisation of pixels, and networks that know one style each."""
