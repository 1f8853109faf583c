### render
