"""What the skills share: pictures in and out, weights, learning, measures, figures."""
