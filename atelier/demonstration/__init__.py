"""The demonstration: séances that show each screen full. Everything in it is invented, or is a published title (D-26)."""
