"""The job server: a queue, a worker process of bounded memory and time, pictures over HTTP."""
