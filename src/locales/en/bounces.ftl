### bounces
