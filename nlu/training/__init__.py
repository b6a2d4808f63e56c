"""How models learn: batches, the loop, checkpoints, averaged weights, curves and cards."""
