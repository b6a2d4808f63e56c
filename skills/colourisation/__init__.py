"""Colour for a grey picture: Lab colours, quantised chroma, a small U-Net and the skill."""
