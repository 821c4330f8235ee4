"""One file or thousands: the whole program for one file (`audit`), and many of them side by side (`run`)."""
