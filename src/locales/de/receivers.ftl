### receivers
