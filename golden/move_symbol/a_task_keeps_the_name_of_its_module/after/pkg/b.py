from celery import shared_task

B = 0


@shared_task
def one():
    return 1
